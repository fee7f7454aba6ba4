---@meta msys.validate.opendkim

--- DKIM by OpenDKIM, through the configuration module `opendkim`. The constants are in `opendkim.dkim`, which must be
--- required too.
---@class msys.validate.opendkim
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
msys.validate.opendkim = {}

--- Verification of a message, from `msys.validate.opendkim.verify`.
---@class msys.validate.opendkim.dkim

--- One signature, from `msys.validate.opendkim.get_sig`.
---@class msys.validate.opendkim.signature

--- Verifies the signatures of a message.
---@param msg ec_message
---@return msys.validate.opendkim.dkim dkim For the other functions.
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@callout validate_data
---@since 3=3.6 4=4.0
---@nilcrash msg
---@trap Call it in `validate_data` alone.
---@trap The configuration module `opendkim` must be loaded.
---@trap The constants of the status are in `opendkim.dkim`: `require("opendkim.dkim")`.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
function msys.validate.opendkim.verify(msg) end

--- Counts the signatures.
---@param dkim msys.validate.opendkim.dkim
---@return integer count
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-num-sigs
function msys.validate.opendkim.get_num_sigs(dkim) end

--- Gives one of the signatures.
---@param dkim msys.validate.opendkim.dkim
---@param num? integer Which one, from 0; the first when left out.
---@return msys.validate.opendkim.signature dkim_sig
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim
---@trap Count from 0 to `get_num_sigs` less one.
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig
function msys.validate.opendkim.get_sig(dkim, num) end

--- Gives the canonicalization of the headers.
---@param dkim_sig msys.validate.opendkim.signature
---@return string canonicalization `simple` or `relaxed`.
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim_sig
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-canons
function msys.validate.opendkim.get_sig_canons(dkim_sig) end

--- Gives the domain that signed (`d=`).
---@param dkim_sig msys.validate.opendkim.signature
---@return string domain
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim_sig
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-domain
function msys.validate.opendkim.get_sig_domain(dkim_sig) end

--- Gives the error of a signature in words.
---@param dkim_sig msys.validate.opendkim.signature
---@return string error
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim_sig
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-errorstr
function msys.validate.opendkim.get_sig_errorstr(dkim_sig) end

--- Gives the flags of a signature: `flags & opendkim.dkim.DKIM_SIGFLAG_PASSED` tells whether it holds.
---@param dkim_sig msys.validate.opendkim.signature
---@return opendkim.dkim.flag flags Sum of `DKIM_SIGFLAG_…`.
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim_sig
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-flags
function msys.validate.opendkim.get_sig_flags(dkim_sig) end

--- Tells whether a header was signed.
---@param dkim_sig msys.validate.opendkim.signature
---@param header_name string Name of the header.
---@return boolean signed
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim_sig, header_name
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-hdrsigned
function msys.validate.opendkim.get_sig_hdrsigned(dkim_sig, header_name) end

--- Gives the identity that signed (`i=`).
---@param dkim msys.validate.opendkim.dkim
---@param dkim_sig msys.validate.opendkim.signature
---@return string identity
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim, dkim_sig
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-identity
function msys.validate.opendkim.get_sig_identity(dkim, dkim_sig) end

--- Gives the size of the key.
---@param dkim_sig msys.validate.opendkim.signature
---@return integer bits
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim_sig
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-keysize
function msys.validate.opendkim.get_sig_keysize(dkim_sig) end

--- Gives the selector of the key (`s=`).
---@param dkim_sig msys.validate.opendkim.signature
---@return string selector
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim_sig
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-selector
function msys.validate.opendkim.get_sig_selector(dkim_sig) end

--- Gives the algorithm of a signature.
---@param dkim_sig msys.validate.opendkim.signature
---@return "rsa-sha1"|"rsa-sha256"|"unknown" algorithm
---@return opendkim.dkim.status status
---@requires msys.validate.opendkim
---@phase data, data_spool, data_spool_each_rcpt
---@since 3=3.6 4=4.0
---@nilcrash dkim_sig
---@fidelity fixture
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-signalg
function msys.validate.opendkim.get_sig_signalg(dkim_sig) end

--- Signs a message; the options take the place of those of the configuration module.
---@param msg ec_message
---@param vctx validate_context
---@param options? msys.validate.dkim.sign_options
---@return unknown result Not documented.
---@requires msys.validate.opendkim
---@phase core_final_validation
---@callout core_final_validation
---@since 3=3.6 4=4.0
---@nilcrash msg, vctx
---@trap Call it in `core_final_validation` alone: whatever changes the message later breaks the signature.
---@trap `keybuf` is PEM without line breaks, blanks, BEGIN and END.
---@trap The configuration module `opendkim` must be loaded.
---@fidelity recorded
---@page momentum/4/lua/ref-msys-validate-opendkim-sign
function msys.validate.opendkim.sign(msg, vctx, options) end
