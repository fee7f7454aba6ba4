// The suite for a window that shows a project in Lua that is no policy.
const { suite } = require('./suite');

exports.run = suite('plain', () => undefined);
