---@meta msys.core

-- The protocol that a connection speaks: `ac.protocol`, and `msg.recv_method` of the messages that it brings.

---@class msys.core
msys.core = {}

--- SMTP with its extensions.
---@type integer
---@constant protocol
---@page momentum/4/modules/ac-auth
msys.core.P_ESMTP = nil

--- None: the server made the message itself. Used in samples only.
---@type integer
---@constant protocol
---@undocumented
msys.core.P_INTERNAL = nil

--- MM7, for multimedia messages.
---@type integer
---@constant protocol
---@page momentum/mobile/mobile-developer-guide/mm-7-log-conversion-hook-examples
msys.core.P_MM7 = nil

--- SMPP, for short messages.
---@type integer
---@constant protocol
---@page momentum/mobile/mobile-developer-guide/smpp-received-message-validation-hook-examples
msys.core.P_SMPP = nil
