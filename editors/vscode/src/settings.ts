/** The section of all settings; the server reads the same one. */
export const SECTION = 'momentumLua';
