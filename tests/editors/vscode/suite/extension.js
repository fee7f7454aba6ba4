// The suite is loaded through `index.js`; an extension under development must have an entry point.
exports.activate = () => undefined;
