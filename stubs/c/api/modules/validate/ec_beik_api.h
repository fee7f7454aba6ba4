/* C functions of modules/validate/ec_beik_api.h. */

/**
 * Makes the job that scans with Symantec's engine; used by the Lua function.
 *
 * @page momentum/3/3-api/apis-beik-scan-job-create
 */
ec_async_job *beik_scan_job_create(ec_message *m, validate_context *ctx, struct lua_beik_closure *stage);
