/* C functions of sieve/ecsieve.h. */

/**
 * Reads an argument as a number.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-arg-as-number
 */
int sieve_arg_as_number(SIEVEARGS *args, u_int32_t *number);

/**
 * Reads an argument as a number, also when it is text.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-arg-as-numeric
 */
int sieve_arg_as_numeric(SIEVEARGS *args, int64_t *number);

/**
 * Reads an argument as text.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-arg-as-string
 */
int sieve_arg_as_string(SIEVEARGS *args, char **str, int *len);

/**
 * Releases an argument.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-arg-delref
 */
void sieve_arg_delref(SIEVEARGS *arg);

/**
 * Folds the case of text, converting between character sets.
 *
 * @page momentum/3/3-api/apis-sieve-case-fold-2
 */
int sieve_case_fold2(
    int folding, const char *srccharset, const char *srcstring, unsigned int srclen, const char *destcharset,
    char **folded, int *foldlen);

/**
 * Prepares a comparison.
 *
 * @page momentum/3/3-api/apis-sieve-compare-compile
 */
int sieve_compare_compile(SIEVE *sieve, struct sieve_compare_info *comp, SIEVEARGS *right);

/**
 * Runs a comparison.
 *
 * @page momentum/3/3-api/apis-sieve-compare-operands
 */
int sieve_compare_operands(SENG *seng, struct sieve_compare_info *comp, SIEVEARGS *left, SIEVEARGS *right);

/**
 * Makes a hash.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-create-hash
 */
SIEVEARGS *sieve_create_hash(void);

/**
 * Makes a number.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-create-number
 */
SIEVEARGS *sieve_create_number(u_int32_t number);

/**
 * Makes a text value.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-create-string
 */
SIEVEARGS *sieve_create_string(const char *str, int len);

/**
 * Makes a list of texts.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-create-string-list
 */
SIEVEARGS *sieve_create_string_list(SENG *seng);

/**
 * Releases a compiled script.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-delref
 */
void sieve_delref(SIEVE *script);

/**
 * Reports an error at a line of a script.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-error
 */
void sieve_error(SIEVE *sieve, int lineno, const char *fmt, ...);

/**
 * Runs a script.
 *
 * @page momentum/3/3-api/apis-sieve-execute
 */
int sieve_execute(
    SIEVE *sieve, validate_context *ctx, email_message *m, accept_construct *ac, const char *phase,
    SENG **vseng);

/**
 * Frees a run.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-free-seng
 */
void sieve_free_seng(SENG *seng);

/**
 * Returns the inbound connection of a run.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-sieve-get-accept-construct
 */
accept_construct *sieve_get_accept_construct(SENG *seng);

/**
 * Returns the argument at an index.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-arg
 */
SIEVEARGS *sieve_get_arg(SIEVEARGS *args, int n);

/**
 * Reads the argument at an index as a number, also when it is text.
 *
 * @page momentum/3/3-api/apis-sieve-get-arg-as-numeric
 */
int sieve_get_arg_as_numeric(SIEVEARGS *args, int n, int64_t *number);

/**
 * Reads the argument at an index as text.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-arg-as-string
 */
int sieve_get_arg_as_string(SIEVEARGS *args, int n, char **str, int *len);

/**
 * Returns the line of the argument at an index.
 *
 * @thread any
 * @correction The synopsis names no result type.
 * @page momentum/3/3-api/apis-sieve-get-arg-lineno
 */
int sieve_get_arg_lineno(SIEVEARGS *args, int n);

/**
 * Returns the type of the argument at an index.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-arg-type
 */
enum sieve_arg_type sieve_get_arg_type(SIEVEARGS *args, int n);

/**
 * Returns the values that travel with a run.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-bag
 */
ec_bag *sieve_get_bag(SENG *seng);

/**
 * Returns the message of a run.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-ec-message
 */
ec_message *sieve_get_ec_message(SENG *seng, int headers_only);

/**
 * Reads an entry of a hash.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-hash-item
 */
int sieve_get_hash_item(SIEVEARGS *hash, const char *key, SIEVEARGS **arg);

/**
 * Returns the state that a module keeps for a run.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-module-state
 */
void *sieve_get_module_state(SENG *seng);

/**
 * Returns the number of arguments.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-num-args
 */
int sieve_get_num_args(SIEVEARGS *args);

/**
 * Returns the type of an argument.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-get-type-of-arg
 */
enum sieve_arg_type sieve_get_type_of_arg(SIEVEARGS *arg);

/**
 * Returns the validation context of a run.
 *
 * @thread any
 * @correction The synopsis writes `validation_context`.
 * @page momentum/3/3-api/apis-sieve-get-validate-context
 */
validate_context *sieve_get_validation_context(SENG *seng);

/**
 * Ends a run with an error.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-hard-error
 */
int sieve_hard_error(SENG *seng, const char *msg, ...);

/**
 * Returns the first entry of a hash and holds it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-hash-first-item
 */
int sieve_hash_first_item(SIEVEARGS *hash, ec_hash_iter *iter, const char **key, SIEVEARGS **item);

/**
 * Returns the next entry of a hash and holds it.
 *
 * @thread any
 * @correction The synopsis calls it `sieve_hash_first_item`, which is another function.
 * @page momentum/3/3-api/apis-sieve-hash-next-item
 */
int sieve_hash_next_item(SIEVEARGS *hash, ec_hash_iter *iter, const char **key, SIEVEARGS **item);

/**
 * Adds one to a counter of a phase.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-inc-counter
 */
void sieve_inc_counter(const char *counter, int clen, const char *phase, int plen, int type);

/**
 * Returns the next text argument.
 *
 * @page momentum/3/3-api/apis-sieve-next-string-arg
 */
int sieve_next_string_arg(SIEVEARGS *arg, sieve_string_arg_iterator *iter, char **str, int *len);

/**
 * Reads the arguments of an extension by a format.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-parse-args
 */
int sieve_parse_args(SIEVEARGS *args, char *errbuf, int errbuflen, int offset, const char *fmt, ...);

/**
 * Compiles a script from a file.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-parse-file
 */
SIEVE *sieve_parse_file(const char *filename, ec_string *error_log);

/**
 * Compiles a script from memory.
 *
 * @page momentum/3/3-api/apis-sieve-parse-text
 */
SIEVE *sieve_parse_text(const char *sourcename, const char *script, int scriptlen, ec_string *error_log);

/**
 * Adds an action.
 *
 * @page momentum/3/3-api/apis-sieve-register-action
 */
int sieve_register_action(
    void *closure, const char *action, const char *reqd_capability, sieve_compile_callback compile_cb,
    sieve_action_callback action_cb);

/**
 * Adds an extension.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-sieve-register-extension
 */
int sieve_register_extension(
    int flags, void *closure, const char *action, const char *reqd_capability,
    sieve_compile_callback compile_cb, sieve_action_callback action_cb);

/**
 * Adds a test.
 *
 * @page momentum/3/3-api/apis-sieve-register-test
 */
int sieve_register_test(
    void *closure, const char *action, const char *reqd_capability, sieve_compile_callback compile_cb,
    sieve_action_callback action_cb);

/**
 * Lets a suspended action go on.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-resume
 */
void sieve_resume(SENG *seng);

/**
 * Appends text to the result.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-return-value-append-string
 */
void sieve_return_value_append_string(SENG *seng, const char *str, int len);

/**
 * Makes a hash the result.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-return-value-hash
 */
void sieve_return_value_hash(SENG *seng, SIEVEARGS *hash);

/**
 * Makes a number the result.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-return-value-number
 */
void sieve_return_value_number(SENG *seng, u_int32_t number);

/**
 * Makes a text the result.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-return-value-string
 */
void sieve_return_value_string(SENG *seng, const char *str, int len);

/**
 * Makes a list of texts the result.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-return-value-string-list
 */
void sieve_return_value_string_list(SENG *seng);

/**
 * Runs a prepared script.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-seng-execute
 */
int sieve_seng_execute(SENG *seng);

/**
 * Says whether a Sieve run may wait for other work.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-seng-get-can-go-async
 */
int sieve_seng_get_can_go_async(SENG *seng);

/**
 * Prepares a script to run on a message.
 *
 * @page momentum/3/3-api/apis-sieve-seng-prepare
 */
SENG *sieve_seng_prepare(
    SIEVE *sieve, validate_context *ctx, email_message *m, accept_construct *ac, const char *phase);

/**
 * Prepares a script to run with given values.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-seng-prepare-2
 */
SENG *sieve_seng_prepare2(SIEVE *sieve, const char *phase, ec_bag *bag);

/**
 * As `sieve_seng_prepare2`; says what the run may do.
 *
 * @page momentum/3/3-api/apis-sieve-seng-prepare-3
 */
SENG *sieve_seng_prepare3(SIEVE *sieve, const char *phase, ec_bag *bag, int can);

/**
 * Says that a Sieve run may, or may not, wait for other work.
 *
 * @thread any
 * @correction The synopsis names no result type.
 * @page momentum/3/3-api/apis-sieve-seng-set-can-go-async
 */
void sieve_seng_set_can_go_async(SENG *seng, int flag);

/**
 * Sets what an error does to a run.
 *
 * @page momentum/3/3-api/apis-sieve-set-error-mode
 */
void sieve_set_error_mode(SENG *seng, int mode);

/**
 * Sets an entry of a hash.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-set-hash-item
 */
int sieve_set_hash_item(SIEVEARGS *hash, const char *key, SIEVEARGS **arg);

/**
 * Sets the state that a module keeps for a run.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-set-module-state
 */
void *sieve_set_module_state(SENG *seng, void *data);

/**
 * Sets what happens when an action is complete.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-set-operation-complete
 */
void sieve_set_operation_complete(SENG *seng, int mode);

/**
 * Sets the SMTP reply.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-set-response
 */
void sieve_set_response(SENG *seng, int smtp_code, const char *reason, int reasonlen);

/**
 * Sets the result of a test.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-set-test-return-value
 */
void sieve_set_test_return_value(SENG *seng, int rv);

/**
 * Appends to a list of texts.
 *
 * @thread any
 * @page momentum/3/3-api/apis-sieve-string-list-append
 */
void sieve_string_list_append(SENG *seng, SIEVEARGS *sl, SIEVEARGS *arg);

/**
 * Suspends the current action.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-sieve-suspend
 */
void sieve_suspend(SENG *seng);
