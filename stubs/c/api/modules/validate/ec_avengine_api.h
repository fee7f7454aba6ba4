/* C functions of modules/validate/ec_avengine_api.h. */

/**
 * Returns the name of the first virus scanner.
 *
 * @page momentum/3/3-api/apis-av-engine-first
 */
const char *av_engine_first(struct lua_av_closure *closure);

/**
 * Returns the name of the next virus scanner.
 *
 * @page momentum/3/3-api/apis-av-engine-next
 */
const char *av_engine_next(struct lua_av_closure *closure);

/**
 * Makes the job that scans for viruses; used by the Lua function.
 *
 * @page momentum/3/3-api/apis-av-scan-job-create
 */
ec_async_job *av_scan_job_create(struct lua_av_closure *closure);
