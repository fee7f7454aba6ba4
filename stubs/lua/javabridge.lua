---@meta javabridge

--- Calls into a Java machine that runs inside the process. Momentum's pages do not know it, and its source says of
--- itself that parts are unfinished.
---@class javabridge
---@global
---@undocumented
javabridge = {}

--- A Java object: its fields and methods are fields of it; `tostring` and `#` work.
---@class java_object
---@field [string] any A field or a method.
---@undocumented
local java_object = {}

--- A Java class.
---@class java_class: java_object
---@receiver clazz
---@undocumented
local java_class = {}

--- Path of the machine's library that is taken when none is given.
---@type string
---@undocumented
javabridge.DEFAULT_JVM = nil

--- Starts the Java machine. There is one for the process.
---@param library? string Path of the machine's library; the one that was built in when left out.
---@param ... string Options of the machine.
---@return true started
---@requires javabridge
---@undocumented
---@raises a machine runs already, or the library cannot be loaded
---@fidelity recorded
function javabridge.startVM(library, ...) end

--- Stops the Java machine.
---@return true stopped
---@requires javabridge
---@undocumented
---@fidelity recorded
function javabridge.stopVM() end

--- Finds a class.
---@param name string Its name, with slashes: `java/lang/String`.
---@return java_class class
---@requires javabridge
---@undocumented
---@raises no machine runs, or there is no such class
---@nilcrash name
---@fidelity recorded
function javabridge.findClass(name) end

--- Gives the class above this one.
---@return java_class? super nil for the topmost.
---@requires javabridge
---@undocumented
---@fidelity recorded
function java_class:getSuperClass() end

--- Tells whether values of this class can stand for those of another.
---@param other java_class
---@return boolean assignable
---@requires javabridge
---@undocumented
---@nilcrash other
---@fidelity recorded
function java_class:isAssignableFrom(other) end
