import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Restarts } from '../src/server/restarts';

test('ends are counted for three minutes, and until somebody asks for the server', () => {
  let now = 0;
  const restarts = new Restarts(() => now);
  assert.equal(restarts.ended(), 1);
  now += 60_000;
  assert.equal(restarts.ended(), 2);
  now += 150_000;
  assert.equal(restarts.ended(), 2);
  restarts.forget();
  assert.equal(restarts.ended(), 1);
});
