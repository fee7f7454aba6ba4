---@meta msys.validate.dkim2

--- DKIM2: signatures that bind the envelope and form a chain over all hops.
---@class msys.validate.dkim2
---@page momentum/4/dkim2/sign
msys.validate.dkim2 = {}

--- Flags of a signature (`f=`).
---@alias msys.validate.dkim2.flag "exploded"|"donotexplode"|"donotmodify"|"feedback"

--- Signing algorithms.
---@alias msys.validate.dkim2.algorithm "rsa-sha256"|"ed25519-sha256"

--- One of several keys that sign together.
---@class msys.validate.dkim2.signature_set
---@field selector string Selector of the key.
---@field keyfile? string Path of the key, PEM; this or `keybuf`.
---@field keybuf? string The key itself, PEM; this or `keyfile`.
---@field algorithm? msys.validate.dkim2.algorithm `rsa-sha256` when left out.

--- How to sign.
---@class msys.validate.dkim2.sign_options
---@field domain string Domain that signs (`d=`).
---@field selector? string Selector of the key; needed unless `sig_sets` is given.
---@field keyfile? string Path of the key, PEM; this or `keybuf`, unless `sig_sets` is given.
---@field keybuf? string The key itself, PEM; this or `keyfile`, unless `sig_sets` is given.
---@field algorithm? msys.validate.dkim2.algorithm `rsa-sha256` when left out.
---@field sig_sets? msys.validate.dkim2.signature_set[] Several keys in one signature, in place of the four fields above.
---@field mailfrom? string Sender to sign for (`mf=`); that of the envelope when left out. `""` for a bounce.
---@field rcptto? string|string[] Recipients to sign for (`rt=`), as bare addresses; that of the envelope when left out.
---@field bridge_mailfrom? string Address that this hop got the message at, for the bridging signature of a forwarder.
---@field bridge_flags? msys.validate.dkim2.flag[] Flags of the bridging signature alone.
---@field on_chain_break? "bridge"|"nd"|"skip"|"warn"|"error" What to do when the sender does not follow from the signature before; `bridge` when `bridge_mailfrom` is given, else `skip`.
---@field on_donotmodify? "error"|"warn"|"skip"|"ignore" What to do when a signature before forbids changes; `error` when left out.
---@field timestamp? integer Time of signing (`t=`), seconds since 1970; now when left out.
---@field nonce? string At most 64 characters of ASCII without `;` (`n=`).
---@field nonce_random? boolean true makes a random nonce when none is given.
---@field flags? msys.validate.dkim2.flag[] Flags (`f=`), as an array even when there is one.
---@field recipe? string JSON that says how to undo this hop's changes; needed when the content changed.
---@field mi_hash_algorithms? string[] Hashes of the message (`h=`); `{"sha256"}` when left out.
---@field mi_hash_algorithm? string The same for a single one.
---@field relax_d_mf_check? boolean true lets `domain` differ from the sender's domain, against the specification.
---@field allow_missing_recipe? boolean true signs changed content without a recipe; verifiers then find the chain broken.
---@field allow_recipe_z? boolean true accepts a recipe for a truncated body.

--- What happened besides signing.
---@class msys.validate.dkim2.sign_info
---@field chain_break? boolean true when the sender did not follow from the signature before.
---@field bridged? boolean true when a bridging signature was added for it.
---@field donotmodify? boolean true when signing was skipped because a signature before forbids changes.

--- How to verify.
---@class msys.validate.dkim2.verify_options
---@field pubkey_pem? string Public key for all signatures, PEM; asked from the DNS when left out.
---@field mailfrom? string Sender to check; that of the envelope when left out. `""` for a bounce.
---@field rcptto? string|string[] Recipients to check; that of the envelope when left out. All of them must be signed for.
---@field authservid? string Name of this server: adds a header Authentication-Results. Without it none is added.
---@field relax_d_mf_check? boolean true makes a domain that differs from the sender's a warning, against the specification.
---@field skip_recipe_chain? boolean true skips the check of earlier hops, against the specification.
---@field relax_s_selectors? boolean true accepts a selector that occurs twice, against the specification.
---@field max_sig_age_days? number Days after which a signature is too old; 14 when left out, 0 or less for no limit.
---@field max_sig_future_secs? number Seconds that a signature may lie ahead; 300 when left out, 0 or less for no limit.
---@field emit_debug_headers? boolean true adds headers `X-MSYS-DKIM2-Verify-…` to the message.

--- One signature as it was found.
---@class msys.validate.dkim2.signature
---@field seq integer Place in the chain (`i=`): 1 is the originator.
---@field m integer Revision of the message that it refers to (`m=`), 0 without one.
---@field status "pass"|"fail"|"chain_verified"|"none" `chain_verified` is an earlier hop that only the chain vouches for.
---@field reason string `ok`, `deferred`, or why it failed.
---@field d string Domain that signed.
---@field s string Selector, algorithm and signature, with colons between them.
---@field mf string Sender that it signs for.
---@field rt string Recipients that it signs for, separated by commas.
---@field n? string Nonce.
---@field f? string Flags, separated by commas.
---@field key_testing? boolean true when the key is marked as a test: a failure is not to be taken as final.

--- Outcome of a verification.
---@class msys.validate.dkim2.result
---@field overall "pass"|"fail"|"permerror"|"temperror"|"none" `fail` is wrong, `permerror` cannot be verified for good, `temperror` not now, `none` is unsigned.
---@field overall_reason? "chain_broken"|"d_mf_mismatch"|"donotmodify_violated"|"donotexplode_violated" Only for what is wrong with the chain as a whole.
---@field signatures msys.validate.dkim2.signature[] The signatures.

--- Signs a message. On failure the message stays as it was.
---@param msg ec_message
---@param vctx validate_context
---@param options msys.validate.dkim2.sign_options
---@return boolean? ok true when it was signed or skipped on purpose; nil when it failed.
---@return string? header The header DKIM2-Signature that was added; nil when signing was skipped; the error when it failed.
---@return msys.validate.dkim2.sign_info? info Given when a chain was broken or signing was skipped.
---@requires msys.validate.dkim2
---@callout core_final_validation2 (recommended), validate_data_spool_each_rcpt, validate_data_spool
---@advised
---@since 4=5.3
---@nilcrash msg, options
---@trap Test the first result: nil means that nothing was signed, and the second result says why.
---@trap Of the hooks, `core_final_validation2` serves best: `validate_data_spool` and `validate_data_spool_each_rcpt` do not run for mail that comes over HTTP.
---@trap One of `keyfile` and `keybuf` is needed, and not both.
---@trap `flags` is an array, even for one flag.
---@trap Content that changed since the signature before needs a `recipe`, or signing fails.
---@trap With `sig_sets`, none of `selector`, `keyfile`, `keybuf` and `algorithm` may stand at the top level.
---@trap In a hook that runs once for all recipients, leave Bcc recipients out of `rcptto`: everyone can read it.
---@trap `domain` must be the sender's domain or one above it, unless `relax_d_mf_check` is set.
---@trap `on_chain_break` is `bridge`, `nd`, `skip`, `warn` or `error`; `on_donotmodify` is `error`, `warn`, `skip` or `ignore`.
---@fidelity recorded
---@page momentum/4/dkim2/sign
function msys.validate.dkim2.sign(msg, vctx, options) end

--- Verifies the signatures of a message. Nothing is rejected by it: policy acts on the outcome.
---@param msg ec_message
---@param vctx validate_context
---@param options msys.validate.dkim2.verify_options
---@return msys.validate.dkim2.result? result Also for unsigned mail (`overall` is `none`); nil when verifying itself failed.
---@return string? error Why verifying failed.
---@requires msys.validate.dkim2
---@callout validate_data_spool_each_rcpt, validate_data_spool
---@advised
---@since 4=5.3
---@nilcrash msg
---@blocking
---@trap Take both results: nil is a failure of the server, to be answered with a 4xx code.
---@trap Act on `result.overall`; only `temperror` may be answered with a 4xx code, `fail` and `permerror` must not.
---@trap `emit_debug_headers` shows everyone how mail is verified: not on a live server.
---@trap `relax_d_mf_check`, `skip_recipe_chain` and `relax_s_selectors` go against the specification.
---@trap Reject in the SMTP session; a notification about mail that failed goes to an innocent.
---@fidelity fixture
---@page momentum/4/dkim2/verify
function msys.validate.dkim2.verify(msg, vctx, options) end

--- Makes clauses for a header Authentication-Results from the outcome of a verification.
---@param result msys.validate.dkim2.result? The first result of `msys.validate.dkim2.verify`.
---@return string[]? clauses nil when there is nothing to say, or `result` is nil.
---@requires msys.validate.dkim2
---@since 4=5.3
---@trap It may be nil: write `ar_clauses(result) or {}` before `ipairs`.
---@trap Do not give `authservid` to `verify` then, or the message gets two headers.
---@fidelity modelled
---@page momentum/4/dkim2/ar-clauses
function msys.validate.dkim2.ar_clauses(result) end
