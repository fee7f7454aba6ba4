---@meta msys.validate.dkim

--- DKIM in Momentum 3, by the configuration modules `dkim_sign` and `dkim_validate`. Momentum 4 has
--- `msys.validate.opendkim` in its place.
---@class msys.validate.dkim
---@page momentum/3/3-reference/modules-dkim
msys.validate.dkim = {}

--- Ways to bring headers or body into a form that can be signed.
---@alias dkim_canonicalization "simple"|"relaxed"

--- Signing algorithms.
---@alias dkim_digest "rsa-sha1"|"rsa-sha256"

--- What to sign with; each field takes the place of an option of the configuration module.
---@class msys.validate.dkim.sign_options
---@field base_domain? string Domain that signs.
---@field signing_domain? string The same by another name.
---@field header_canon? dkim_canonicalization How headers are canonicalized.
---@field body_canon? dkim_canonicalization How the body is canonicalized.
---@field digest? dkim_digest Algorithm.
---@field headerlist? string Headers to sign, separated by colons.
---@field identity? string Identity that signs (`i=`).
---@field selector? string Selector of the key.
---@field keyfile? string Path of the key; it may have the placeholders of the module's option.
---@field keybuf? string The key itself: PEM without line breaks, blanks, BEGIN and END.
---@field body_length_limit? integer Bytes of the body to sign.

--- The results of a verification, from `msys.validate.dkim.get_verify_results`.
---@class msys.validate.dkim.results
---@field ref any The server's reference to them.

--- The result for one signature.
---@class msys.validate.dkim.result
---@field status any Status, for `msys.validate.dkim.verify_status_to_string`.
---@field diagnostic string The status in words.
---@field query? string How the key was asked for (`q=`).
---@field algorithm? string Algorithm of the signature (`a=`).

--- Lists the domains that signed validly.
---@param msg ec_message
---@param vctx validate_context
---@return string[] domains
---@requires msys.validate.dkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1
---@trap The configuration module `dkim_validate` must be loaded.
---@fidelity fixture
---@page momentum/3/3-reference/lua-ref-msys-validate-dkim-get-domains
function msys.validate.dkim.get_domains(msg, vctx) end

--- Gives the domain that answers for a message.
---@param msg? ec_message
---@param vctx? validate_context
---@return string domain
---@requires msys.validate.dkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.1
---@trap The configuration module `dkim_validate` must be loaded.
---@correction The synopsis asks for both parameters; an example calls it without any.
---@fidelity fixture
---@page momentum/3/3-reference/lua-ref-msys-validate-dkim-get-responsible-domain
function msys.validate.dkim.get_responsible_domain(msg, vctx) end

--- Gives the results of the verification.
---@param vctx? validate_context The current one when left out.
---@return integer count How many there are.
---@return msys.validate.dkim.results results For `msys.validate.dkim.verify_results_get_item`.
---@requires msys.validate.dkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.5
---@fidelity fixture
---@page momentum/3/3-reference/lua-ref-msys-validate-dkim-get-verify-results
function msys.validate.dkim.get_verify_results(vctx) end

--- Counts the results.
---@param results msys.validate.dkim.results From `msys.validate.dkim.get_verify_results`.
---@return integer count
---@requires msys.validate.dkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.5
---@raises `results` is nil
---@nilcrash results
---@trap Results of nil raise "No verification results to count."
---@correction The page types `results` as a string; it is what `get_verify_results` gives.
---@fidelity fixture
---@page momentum/3/3-reference/lua-ref-msys-validate-dkim-verify-results-get-count
function msys.validate.dkim.verify_results_get_count(results) end

--- Gives one of the results.
---@param results msys.validate.dkim.results From `msys.validate.dkim.get_verify_results`.
---@param index_value integer Which one, from 0.
---@return msys.validate.dkim.result? result
---@requires msys.validate.dkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.5
---@raises `results` or the index is nil, or the index is beyond the last result
---@nilcrash results, index_value
---@trap Count from 0 to the number of results less one; beyond that it raises.
---@correction The page types `results` as a string; it is what `get_verify_results` gives.
---@fidelity fixture
---@page momentum/3/3-reference/lua-ref-msys-validate-dkim-verify-results-get-item
function msys.validate.dkim.verify_results_get_item(results, index_value) end

--- Puts the status of a result into words.
---@param status any The `status` of a result.
---@return string text
---@requires msys.validate.dkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.5
---@nilcrash status
---@fidelity fixture
---@page momentum/3/3-reference/lua-ref-msys-validate-dkim-verify-status-to-string
function msys.validate.dkim.verify_status_to_string(status) end

--- Has the outcome of the verification sent by mail.
---@param msg ec_message The message that is to be verified.
---@param vctx validate_context
---@param sender_addrs string Address that the mail comes from.
---@param receiver_addrs string Addresses that it goes to, separated by semicolons: the first as To, the others as Bcc.
---@param subj? string Subject; a standard one when left out.
---@param note? string Text to add; a standard one when left out.
---@requires msys.validate.dkim
---@phase before data_validate
---@since 3=3.1
---@nilcrash sender_addrs, receiver_addrs
---@trap The configuration module `dkim_validate` must be loaded.
---@trap Call it before the data phase: it only tells the server what to do once the message is verified.
---@fidelity recorded
---@page momentum/3/3-reference/lua-ref-msys-validate-dkim-reflect
function msys.validate.dkim.reflect(msg, vctx, sender_addrs, receiver_addrs, subj, note) end

--- Signs a message.
---@param msg ec_message? The current one when nil.
---@param vctx validate_context? The current one when nil.
---@param options? msys.validate.dkim.sign_options
---@return unknown result Not documented.
---@requires msys.validate.dkim
---@phase core_final_validation
---@since 3=3.1
---@trap The configuration module `dkim_sign` must be loaded.
---@trap Call it in `core_final_validation` alone: whatever changes the message later breaks the signature.
---@fidelity recorded
---@page momentum/3/3-reference/lua-ref-msys-validate-dkim-sign
function msys.validate.dkim.sign(msg, vctx, options) end
