---@meta msys.mstore

--- Keeps messages in Riak so that they can be sent again (configuration module `mstore`).
---
--- The bucket is `MADR-` and the short code, such as `MADR-12345`, or `MADR-MM7` without one.
---@class msys.mstore
---@page momentum/mobile/mobile-reference/mobility-message-retry
msys.mstore = {}

-- What the hooks that store a message return.

--- Have the server store the message.
---@type integer
---@constant msys.mstore.result
---@page momentum/mobile/mobile-reference/mobility-message-retry
msys.mstore.MSTORE_CONTINUE = 0

--- The server does not store the message.
---@type integer
---@constant msys.mstore.result
---@page momentum/mobile/mobile-reference/mobility-message-retry
msys.mstore.MSTORE_DONE = 1

--- Reads a message.
---@param bucket_id string Bucket.
---@param msgid string Identity of the message in the bucket.
---@return ec_message? msg nil when it cannot be read.
---@requires msys.mstore
---@phase SMPP
---@since 3=3.3 4=4.0
---@nilcrash bucket_id, msgid
---@fidelity fixture
---@page momentum/mobile/mobile-reference/mobility-message-retry
function msys.mstore.load(bucket_id, msgid) end

--- Stores a message.
---@param msg ec_message
---@param bucket_id string Bucket.
---@param msgid string Identity of the message in the bucket.
---@requires msys.mstore
---@nilcrash msg, bucket_id, msgid
---@fidelity recorded
---@page momentum/mobile/mobile-reference/mobility-message-retry
function msys.mstore.save(msg, bucket_id, msgid) end

--- Puts a message back into the queue, to the same destination.
---@param msg ec_message A message from `msys.mstore.load`.
---@requires msys.mstore
---@nilcrash msg
---@trap To send it elsewhere, use `msg:inject(from, to)`.
---@fidelity recorded
---@page momentum/mobile/mobile-reference/mobility-message-retry
function msys.mstore.inject(msg) end

--- Deletes a message.
---@param bucket_id string Bucket.
---@param msgid string Identity of the message in the bucket.
---@requires msys.mstore
---@nilcrash bucket_id, msgid
---@fidelity recorded
---@page momentum/mobile/mobile-reference/mobility-message-retry
function msys.mstore.delete(bucket_id, msgid) end
