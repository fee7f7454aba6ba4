/* Macro expansion. */

/**
 * State of a macro expansion.
 *
 * @page momentum/3/3-api/structs-ec-interpolate-context
 */
struct ec_interpolate_context {
    ec_ptr_array jobs;
    ec_ptr_array pieces;
    ec_atomic_t pending;
    ec_async_job *master_job;
    ec_string cache_key;
    ec_string *output;
    int mode;
    ec_bag *bag;
    u_int32_t bag_version;
    int current_piece;
    ECDict sample_typednames;
    int reqs;
};
