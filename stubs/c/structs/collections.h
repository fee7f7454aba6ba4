/* Lists, tables, trees and reference-counted objects. */

/**
 * A set of named pointers that travels with a session.
 *
 * @page momentum/3/3-api/structs-ec-bag
 */
struct ec_bag {
    ec_hash_table ht;
    ec_bag_hook_func func;
    void *closure;
    ec_atomic_t ref;
};

/**
 * Describes a kind of reference-counted object.
 *
 * @page momentum/3/3-api/structs-ec-blobject-class
 */
struct ec_blobject_class {
    /** Name of the type. */
    const char *objectType;
    /** Called when the last reference is released. */
    void (*dtor)(void *self);
    /** Writes the object's state as text. */
    void (*printer)(void *self, ec_string *output);
};

/**
 * A reference-counted object.
 *
 * @page momentum/3/3-api/structs-ec-blobject
 */
struct ec_blobject {
    ec_blobject_class *cls;
    ec_atomic_t ref;
    void *self;
};

/**
 * A doubly linked list.
 *
 * @page momentum/3/3-api/structs-ec-double-list
 */
struct ec_double_list {
    ec_double_list_node *head;
    ec_double_list_node *tail;
    pthread_mutex_t lock;
    int ts;
};

/**
 * A node of a doubly linked list.
 *
 * @page momentum/3/3-api/structs-ec-double-list
 */
struct ec_double_list_node {
    void *data;
    ec_double_list_node *prev;
    ec_double_list_node *next;
};

/**
 * A hash table with byte strings as keys.
 *
 * @page momentum/3/3-api/structs-ec-hash-table
 */
struct ec_hash_table {
    u_int32_t sizeof_ec_hash_table;
    ec_hash_bucket **buckets;
    u_int32_t table_size;
    u_int32_t initval;
    u_int32_t num_used_buckets;
    u_int32_t size;
    unsigned dont_rebucket : 1;
    unsigned track_version : 1;
    unsigned _spare : 30;
    ec_atomic_t ref;
    ECHashFreeFunc key_free;
    ECHashFreeFunc data_free;
    ec_atomic_t version;
};

/**
 * An entry of a hash table.
 *
 * @page momentum/3/3-api/structs-ec-hash-table
 */
struct ec_hash_bucket {
    const char *k;
    int klen;
    void *data;
    ec_hash_bucket *next;
};

/**
 * Position in a hash table.
 *
 * @page momentum/3/3-api/structs-ec-hash-iter
 */
struct ec_hash_iter {
    void *p2;
    int p1;
};

/**
 * A growing array of pointers.
 *
 * @page momentum/3/3-api/structs-ec-ptr-array
 */
struct ec_ptr_array {
    u_int32_t sizeof_ec_ptr_array;
    int size;
    int allocd;
    void **items;
    ec_ptr_array_free_func free_func;
    void *static_items[EC_PTR_ARRAY_DEFAULT_PREALLOC];
};

/**
 * A skip list.
 *
 * @page momentum/3/3-api/structs-skiplist
 */
struct Skiplist {
    SkiplistComparator compare;
    SkiplistComparator comparek;
    u_int32_t height : 8;
    u_int32_t preheight : 8;
    u_int32_t size;
    skiplistnode *bottom;
    Skiplist *index;
    Skiplist *agg;
};

/**
 * A node of a skip list.
 *
 * @page momentum/3/3-api/structs-skiplist
 */
struct skiplistnode {
    void *data;
    Skiplist *sl;
    u_int32_t height;
    skiplistnode *previndex;
    skiplistnode *nextindex;
    struct skipconn level[1];
};

/**
 * A splay tree that rotates at random.
 *
 * @page momentum/3/3-api/structs-rsplaytree
 */
struct rsplaytree {
    RSplayComparator compare;
    RSplayComparator comparek;
    int size;
    /** Chance, from 0 to 1, that an access moves its node up. */
    float probability;
    rsplaynode *root;
};

/**
 * A node of a splay tree.
 *
 * @page momentum/3/3-api/structs-rsplaynode
 */
struct rsplaynode {
    void *data;
    rsplaynode *parent;
    rsplaynode *left;
    rsplaynode *right;
    rsplaynode *prev;
    rsplaynode *next;
};

/**
 * A node of the tree that counts connections by IPv4 network.
 *
 * @page momentum/3/3-api/structs-cidrnode-ipv-4
 */
struct cidrnode_ipv4 {
    int threadsafe;
    ck_spinlock_t lock;
    u_int8_t type;
    u_int32_t mask;
    /** Address of the network, in host byte order. */
    u_int32_t base;
    /** Count held for the network. */
    u_int32_t size;
    cidrnode_ipv4 *low;
    cidrnode_ipv4 *high;
};
