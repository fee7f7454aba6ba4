---@meta msys.validate.openarc

--- ARC by OpenARC, through the configuration module `openarc`.
---@class msys.validate.openarc
---@page momentum/4/lua/ref-msys-validate-openarc-sign
msys.validate.openarc = {}

--- What to seal with.
---@class msys.validate.openarc.sign_options
---@field signing_domain string Domain that signs.
---@field selector string Selector of the key.
---@field authservid? string Name of this server in the results; its hostname when left out.
---@field header_canon? dkim_canonicalization How headers are canonicalized; `relaxed` when left out.
---@field body_canon? dkim_canonicalization How the body is canonicalized; `relaxed` when left out.
---@field digest? dkim_digest Algorithm; `rsa-sha256` when left out.
---@field keyfile? string Path of the key.
---@field keybuf? string The key itself: PEM without line breaks, blanks, BEGIN and END; made from `keyfile` when left out.
---@field headerlist? string Headers to sign, separated by colons.
---@field oversign_headerlist? string Headers to sign once more than they occur, so that none can be added.
---@field skip_ar_header_update? any Set, it leaves the header Authentication-Results alone.

--- Adds a set of ARC headers, after verifying the chain if that was not done.
---
--- The outcome is in the message context variable `arc_seal`: `ok`, or `skip` when the chain was broken before; not
--- set when it failed, with the reason in the paniclog.
---@param msg ec_message
---@param options msys.validate.openarc.sign_options
---@param ar? string Text for ARC-Authentication-Results; taken from the header Authentication-Results when left out.
---@requires msys.validate.openarc
---@phase core_post_final_validation
---@callout core_post_final_validation
---@since 4=5.0
---@nilcrash msg, options
---@trap Seal last, in `core_post_final_validation`: whatever changes the message later breaks the seal.
---@trap It gives no result: read the context variable `arc_seal`. Not set means that it failed.
---@trap Leave `header_canon` at `relaxed`: whether `simple` works is told differently in different places.
---@trap `keybuf` is PEM without line breaks, blanks, BEGIN and END.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-validate-openarc-sign
function msys.validate.openarc.sign(msg, options, ar) end

--- Adds a set of ARC headers; the same as `msys.validate.openarc.sign`.
---@param msg ec_message
---@param options msys.validate.openarc.sign_options
---@param ar? string Text for ARC-Authentication-Results; taken from the header Authentication-Results when left out.
---@requires msys.validate.openarc
---@since 4=5.0
---@nilcrash msg, options
---@correction The page once writes `msys.validation.openarc.sign`; `msys.validate` is meant.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-validate-openarc-sign
function msys.validate.openarc.seal(msg, options, ar) end

--- Verifies the ARC chain and leaves the outcome in the message context variable `arc_cv`: `none`, `pass` or `fail`.
---@param msg ec_message
---@requires msys.validate.openarc
---@phase data_spool, data_spool_each_rcpt
---@callout validate_data_spool, validate_data_spool_each_rcpt
---@advised
---@since 4=5.0
---@nilcrash msg
---@blocking
---@trap It asks the DNS: call it in `validate_data_spool` or `validate_data_spool_each_rcpt`, where waiting does no harm.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-openarc-verify
function msys.validate.openarc.verify(msg) end
