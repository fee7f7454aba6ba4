/* Hooks in the life of the server process. */

/**
 * Runs right after the server gave up its root privileges.
 *
 * @hook core
 * @name core_post_drop_privileges
 * @result 0 success
 * @result nonzero a critical error: the server shuts down
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-post-drop-privileges
 */
int post_drop_privileges(void *closure);

/**
 * Runs at the last moment at which the server still has its root privileges.
 *
 * @hook core
 * @name core_pre_drop_privileges
 * @result 0 success
 * @result nonzero a critical error: the server shuts down
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-pre-drop-privileges
 */
int pre_drop_privileges(void *closure);

/**
 * Ran before the event loop starts, for modules inside of interpreters such as Perl and Java.
 *
 * @hook core
 * @name core_sys_init
 * @since 3=3.0 4=4.0
 * @deprecated The page says that it should no longer be used; scriptlets set things up in `init`.
 * @page momentum/3/3-api/hooks-core-sys-init
 */
void sys_init(void *closure);
