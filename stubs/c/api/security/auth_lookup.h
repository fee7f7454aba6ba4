/* C functions of security/auth_lookup.h. */

/**
 * Says whether a user may run a console command.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-authz-check
 */
int ec_authz_check(command_construct *cc, Event *e, const char **unpriv_commands);

/**
 * Lists the groups of a user.
 *
 * @page momentum/3/3-api/apis-ec-authz-enum-groups
 */
int ec_authz_enum_groups(struct ec_authz_info *authzinfo, ec_ptr_array *all_groups, Event *session);

/**
 * Finds a user and the user's roles.
 *
 * @page momentum/3/3-api/apis-ec-authz-id
 */
int ec_authz_id(struct ec_authz_info *authzinfo, const char *user, ec_ptr_array *roles, Event *session);

/**
 * Adds a way to authorise users.
 *
 * @page momentum/3/3-api/apis-ec-register-authz-handler-2
 */
int ec_register_authz_handler2(ec_authz_handler *handler);
