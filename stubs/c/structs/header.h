/* Mail header fields and addresses. */

/**
 * The header of a message, taken apart.
 *
 * @page momentum/3/3-api/structs-rfc-2822-context
 */
struct rfc2822_context {
    rfc2822_field *headers;
    char *header_crutch;
    const char *body;
    struct timeval now;
    int body_len;
    unsigned body_should_free : 1;
    unsigned needs_reassembly : 1;
    unsigned had_date : 1;
    unsigned add_date_if_needed : 1;
    unsigned needs_crlf_dot_crlf : 1;
    unsigned pedantic_crlf_headers : 1;
    unsigned pedantic_crlf_body : 1;
    unsigned pedantic_max_line_length : 2;
};

/**
 * A header field.
 *
 * @page momentum/3/3-api/structs-rfc-2822-field
 */
struct rfc2822_field {
    char *field;
    int field_len;
    int field_should_free;
    rfc2822_field_body body;
    rfc2822_field *next;
};

/**
 * A line of a header field.
 *
 * @page momentum/3/3-api/structs-rfc-2822-field
 */
struct rfc2822_field_body {
    char *line;
    int line_len;
    int line_should_free;
    char *wsp_pad;
    int wsp_pad_len;
    rfc2822_field_body *next;
};

/**
 * Addresses of a header field.
 *
 * @page momentum/3/3-api/structs-rfc-2822-address-context
 */
struct rfc2822_address_context {
    /** The first address. */
    rfc2822_address *addr;
    /** Number of addresses. */
    int naddr;
    char *freeme;
};

/**
 * An address of a header field.
 *
 * @page momentum/3/3-api/structs-rfc-2822-address-context
 */
struct rfc2822_address {
    rfc2822_address *next;
    char *complete;
    int len;
    rfc2822_address_part_string localpart;
    rfc2822_address_part_string domain;
    rfc2822_address_part_string user;
    rfc2822_address_part_string detail;
    rfc2822_address_part_string desc;
    unsigned is_group_addr : 1;
};

/**
 * An envelope address, taken apart.
 *
 * @page momentum/3/3-api/structs-rfc-2821-ctx
 */
struct rfc2821_ctx {
    /** How to take it apart. */
    struct {
        /** 1 to check the whole syntax. */
        unsigned full_validation : 1;
        /** 1 to keep ESMTP parameters. */
        unsigned capture_params : 1;
        /** 1 to bring the domain into its normal form. */
        unsigned normalize_domain : 1;
        /** 1 to split the local part into user and detail. */
        unsigned populate_detail : 1;
        /** 1 to accept an address without a domain. */
        unsigned allow_missing_domain : 1;
        unsigned _spare : 27;
    } inputs;
    char localpart[MAXDOMAINNAME];
    char domain[MAXDOMAINNAME];
    char detail[MAXDOMAINNAME];
    int error;
    ECDict params;
};
