/* C functions of ec_md.h. */

/**
 * Says whether optimised assembly is in use.
 *
 * @page momentum/3/3-api/apis-ec-md-enabled
 */
int ec_md_enabled(void);

/**
 * Finds out what the processor can do.
 *
 * @page momentum/3/3-api/apis-ec-md-probe
 */
void ec_md_probe(void);
