// The suite for a window that shows the example tree.
const assert = require('node:assert');
const { eventually, extension } = require('./editor');
const { suite } = require('./suite');

exports.run = suite('policy', async () => {
  assert.ok(extension(), 'the extension is not installed');
  try {
    await eventually('the extension is active in a policy tree', () => extension().isActive);
  } catch (error) {
    // An extension that cannot be activated says why.
    await extension().activate();
    throw error;
  }
});
