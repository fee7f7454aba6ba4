---@meta msys.extended.httpsrv

--- Brings the methods of `ec_httpsrv_session`. It has no documented function of its own.
---@class msys.extended.httpsrv
---@page momentum/4/lua/ref-session-request-url-get
msys.extended.httpsrv = {}
