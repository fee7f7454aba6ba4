---@meta opendkim.dkim

--- Constants of OpenDKIM.
---@class opendkim.dkim
---@global
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim = {}

-- Status of a call or of a signature.

--- All went well.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_OK = nil

--- The signature does not fit headers and body.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_BADSIG = nil

--- There is no signature.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_NOSIG = nil

--- There is no key to verify with.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_NOKEY = nil

--- The key cannot be had.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_CANTVRFY = nil

--- The message is malformed.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_SYNTAX = nil

--- A resource, such as memory, is lacking.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_NORESOURCE = nil

--- Internal error.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_INTERNAL = nil

--- The key was revoked.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_REVOKED = nil

--- A parameter is wrong.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_INVALID = nil

--- The function does not exist.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_NOTIMPLEMENT = nil

--- The key could not be fetched for now; try again later.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_KEYFAIL = nil

--- A callback wants the message rejected.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_CBREJECT = nil

--- A callback could not finish; try again later.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_CBTRYAGAIN = nil

--- A callback failed.
---@type integer
---@constant opendkim.dkim.status
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-verify
opendkim.dkim.DKIM_STAT_CBERROR = nil

-- Flags of a signature; they are bits of one number.

--- The signature is to be ignored.
---@type integer
---@constant opendkim.dkim.flag
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-flags
opendkim.dkim.DKIM_SIGFLAG_IGNORE = nil

--- It was looked up in the DNS.
---@type integer
---@constant opendkim.dkim.flag
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-flags
opendkim.dkim.DKIM_SIGFLAG_PROCESSED = nil

--- It holds.
---@type integer
---@constant opendkim.dkim.flag
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-flags
opendkim.dkim.DKIM_SIGFLAG_PASSED = nil

--- Its key is marked as a test.
---@type integer
---@constant opendkim.dkim.flag
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-flags
opendkim.dkim.DKIM_SIGFLAG_TESTKEY = nil

--- Its key is not for subdomains.
---@type integer
---@constant opendkim.dkim.flag
---@since 3=3.6 4=4.0
---@page momentum/4/lua/ref-msys-validate-opendkim-get-sig-flags
opendkim.dkim.DKIM_SIGFLAG_NOSUBDOMAIN = nil
