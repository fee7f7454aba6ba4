/* C functions of getopt_long.h. */

/**
 * Parses command line options; safe in several threads.
 *
 * @page momentum/3/3-api/apis-getopt-long-2
 */
int getopt_long2(
    struct getopt_state *state, int argc, char *const *argv, const char *shortopts,
    const struct option *longopts, int *longind);
