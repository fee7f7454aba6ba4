/* C functions of misc/expand_string.h. */

/**
 * Makes a macro expansion wait for a job.
 *
 * @page momentum/3/3-api/apis-ec-interpolate-add-job
 */
int ec_interpolate_add_job(ec_interpolate_context *ctx, ec_async_job *job);

/**
 * Notes what a macro expansion needs.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-interpolate-add-reqs
 */
void ec_interpolate_add_reqs(ec_interpolate_context *ctx, int reqs);

/**
 * Finds out what the macros in a text need.
 *
 * @page momentum/3/3-api/apis-ec-interpolate-calc-deps
 */
int ec_interpolate_calc_deps(
    const char *input, const char *default_namespace, int flags, int *reqs, ECDict typednames);

/**
 * Splits a macro into its name and its arguments.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-interpolate-crack-macro
 */
int ec_interpolate_crack_macro(
    const ec_string *input, int style, const char **namestart, const char **nameend, const char **argstart,
    const char **argend);

/**
 * Adds a macro that stands for a fixed text.
 *
 * @page momentum/3/3-api/apis-ec-interpolate-register-constant
 */
void ec_interpolate_register_constant(const char *macro, const char *expansion);

/**
 * Adds a macro that a function expands.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-interpolate-register-func
 */
void ec_interpolate_register_func(const char *macro, void *closure, ec_interpolator_func func, int flags);

/**
 * Expands the macros in a text.
 *
 * @page momentum/3/3-api/apis-ec-interpolate-string
 */
int ec_interpolate_string(
    const char *input, ec_string *output, int mode, ec_bag *bag, ec_async_job **job,
    const char *default_namespace, int flags);
