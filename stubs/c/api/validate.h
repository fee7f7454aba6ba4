/* C functions of validate.h. */

/**
 * Adds a recipient to the session.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-add-rcpt
 */
int validate_context_add_rcpt(validate_context *ctx, const char *addr, int uniq);

/**
 * Says whether recipients may still be changed.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-can-modify-rcpts
 */
int validate_context_can_modify_rcpts(validate_context *ctx);

/**
 * Deletes a context variable.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-delete
 */
void validate_context_delete(validate_context *vctx, int which, const char *key);

/**
 * Frees the contexts.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-validate-context-destroy
 */
void validate_context_destroy(validate_context *vctx);

/**
 * Says whether a context variable exists.
 *
 * @param vctx The validation context.
 * @param which Which context: `msys.core.VCTX_MESS` or `msys.core.VCTX_CONN`.
 * @param key Name of the variable.
 * @result 1 It exists.
 * @result 0 It does not; the number 0 is true in Lua.
 * @nilcrash vctx, key
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-exists
 */
int validate_context_exists(validate_context *vctx, int which, const char *key);

/**
 * Says whether a context variable exists and gives its value.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-exists-and-get
 */
int validate_context_exists_and_get(validate_context *vctx, int which, const char *key, const char **value);

/**
 * Finds the SMTP session of a validation context.
 *
 * @page momentum/3/3-api/apis-validate-context-find-message-construct
 */
int validate_context_find_message_construct(validate_context *vctx, message_construct **mc);

/**
 * Returns a context variable.
 *
 * @param vctx The validation context.
 * @param which Which context: `msys.core.VCTX_MESS` or `msys.core.VCTX_CONN`.
 * @param key Name of the variable.
 * @result string Its value, always text. What a missing variable gives is not documented.
 * @nilcrash vctx, key
 * @trap A nil key took the server down before 4.2.38.
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-get
 */
const char *validate_context_get(validate_context *vctx, int which, const char *key);

/**
 * Prepares the contexts.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-validate-context-init
 */
void validate_context_init(validate_context *vctx);

/**
 * Walks over the recipients.
 *
 * @page momentum/3/3-api/apis-validate-context-iterate-rcpt
 */
int validate_context_iterate_rcpt(validate_context *ctx, int pos, char **addr);

/**
 * Removes all recipients.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-remove-all-rcpts
 */
int validate_context_remove_all_rcpts(validate_context *ctx);

/**
 * Removes a recipient.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-remove-rcpt
 */
int validate_context_remove_rcpt(validate_context *ctx, const char *addr);

/**
 * Sets a context variable.
 *
 * @param vctx The validation context.
 * @param which Which context: `msys.core.VCTX_MESS` or `msys.core.VCTX_CONN`.
 * @param key Name of the variable.
 * @param value Its value; text.
 * @nilcrash vctx, key, value
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-set
 */
void validate_context_set(validate_context *vctx, int which, const char *key, const char *value);

/**
 * Sets code and text of the SMTP reply.
 *
 * @param vctx The validation context.
 * @param code Reply code, 200 to 599.
 * @param str Text of the reply.
 * @nilcrash vctx, str
 * @seen
 * @fidelity modelled
 * @page momentum/3/3-api/apis-validate-context-set-code
 */
int validate_context_set_code(validate_context *vctx, int code, const char *str);
