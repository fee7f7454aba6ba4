/* C functions of modules/scriptlets/ec_scriptlet.h. */

/**
 * Loads the parts of a namespace when it is first used.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-autoload-ns
 */
int scpt_autoload_ns(scpt_thread *thr, const char *name_space);

/**
 * Declares a callout, with the types of its parameters and result.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-compile-callout
 */
scpt_callout *scpt_compile_callout(const char *name, const char *rettype, const char *params);

/**
 * Declares the callout that implements a hook.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-compile-hook-callout
 */
int scpt_compile_hook_callout(const char *hookname, scpt_callout **coptr);

/**
 * Runs a thread, or lets it go on.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-execute-or-resume
 */
int scpt_execute_or_resume(scpt_thread *thr, int nargs);

/**
 * Prepares a call of a C function, through a cache.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-ffi-cif-alloc
 */
void *scpt_ffi_cif_alloc(int nargs, const char *key, void *ret_type, void **args);

/**
 * Prepares a C function that calls a script, through a cache.
 *
 * @page momentum/3/3-api/apis-scpt-ffi-closure-alloc
 */
void *scpt_ffi_closure_alloc(scpt_thread *thr, void *cif, void (*glue_func)(), int ref, void *ctx);

/**
 * Returns the values that travel with the current callout.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-get-bag
 */
ec_bag *scpt_get_bag(scpt_thread *thr);

/**
 * Puts a traceback on the stack.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-get-traceback
 */
int scpt_get_traceback(scpt_thread *thr, int skip);

/**
 * Returns the pointer that a thread keeps under a key.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-getspecific
 */
void *scpt_getspecific(scpt_thread *thr, const char *key);

/**
 * Reads the parameters of a call by a format.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-parse-params
 */
void scpt_parse_params(scpt_thread *thr, const char *fmt, ...);

/**
 * Puts a floating point number on the stack.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-double
 */
void scpt_push_double(scpt_thread *thr, double value);

/**
 * Puts an integer on the stack.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-integer
 */
void scpt_push_integer(scpt_thread *thr, int value);

/**
 * Puts a C value of a named type on the stack.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-object
 */
void scpt_push_object(scpt_thread *thr, const char *objtype, void *object);

/**
 * Puts a C value of a type on the stack.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-object-2
 */
void scpt_push_object2(scpt_thread *thr, scpt_objtype *objtype, void *object);

/**
 * Makes a value of a named type on the stack and returns its memory.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-object-and-allocate
 */
void *scpt_push_object_and_allocate(scpt_thread *thr, const char *objtype, size_t objsize);

/**
 * As `scpt_push_object_and_allocate`; remembers the type for the next call.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-object-and-allocate-2
 */
void *scpt_push_object_and_allocate2(
    scpt_thread *thr, const char *objtype, scpt_objtype **typep, size_t objsize);

/**
 * As `scpt_push_object`, with flags; remembers the type for the next call.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-object-by-typename
 */
void scpt_push_object_by_typename(
    scpt_thread *thr, const char *type_name, scpt_objtype **typep, void *object, int flags);

/**
 * Puts the value of a reference on the stack.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-ref
 */
void scpt_push_ref(scpt_thread *thr, int ref);

/**
 * Puts bytes on the stack as a string.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-push-string
 */
void scpt_push_string(scpt_thread *thr, const char *buf, int buflen);

/**
 * Raises an error in the script.
 *
 * @thread any
 * @page momentum/3/3-api/apis-scpt-raise-error
 */
int scpt_raise_error(scpt_thread *thr, const char *fmt);

/**
 * Adds items to a namespace that load when they are used.
 *
 * @page momentum/3/3-api/apis-scpt-register-autoload
 */
int scpt_register_autoload(const char *name_space, struct scpt_autoload_item *consts);

/**
 * Adds functions to a namespace.
 *
 * @page momentum/3/3-api/apis-scpt-register-funcs
 */
int scpt_register_funcs(scpt_thread *thr, const char *name_space, scpt_obj_method *funcs);

/**
 * Declares a userdata type.
 *
 * @page momentum/3/3-api/apis-scpt-register-objtype
 */
int scpt_register_objtype(scpt_thread *thr, scpt_objtype *objtype);

/**
 * Adds methods to a userdata type.
 *
 * @page momentum/3/3-api/apis-scpt-register-objtype-augmentation
 */
int scpt_register_objtype_augmentation(const char *type_name, scpt_obj_method *methods);

/**
 * Runs a callout, or lets it go on.
 *
 * @page momentum/3/3-api/apis-scpt-run-callout
 */
int scpt_run_callout(scpt_thread *thr, int resuming, void *selfref, scpt_callout *co, int nargs, void **args);

/**
 * Sets the string that a thread prints to.
 *
 * @page momentum/3/3-api/apis-scpt-set-output-string
 */
ec_string *scpt_set_output_string(scpt_thread *thr, ec_string *output);

/**
 * Keeps a pointer for a thread under a key.
 *
 * @page momentum/3/3-api/apis-scpt-setspecific
 */
void scpt_setspecific(scpt_thread *thr, const char *key, void *object);

/**
 * Frees a thread.
 *
 * @page momentum/3/3-api/apis-scpt-thread-close
 */
void scpt_thread_close(scpt_thread *thr, int force);

/**
 * Makes a thread.
 *
 * @page momentum/3/3-api/apis-scpt-thread-new
 */
scpt_thread *scpt_thread_new(void);

/**
 * Releases a reference.
 *
 * @page momentum/3/3-api/apis-scpt-unpin-ref
 */
void scpt_unpin_ref(scpt_thread *thr, int ref);
