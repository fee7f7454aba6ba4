---@meta msys.sign.dk

--- Named by the page of `msys.validate.dk.sign` as the module to require for it. It has no documented function of its
--- own.
---@class msys.sign.dk
---@page momentum/4/lua/ref-msys-validate-dk-sign
msys.sign.dk = {}
