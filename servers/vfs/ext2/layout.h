/**
 * @file
 * How ext2 looks on a disk ("The Second Extended File System", Dave Poirier, 2001-2019; the numbers
 * in comments are its sections). All numbers have their lowest byte first, as the CPU has them.
 *
 * The disk is a row of blocks. They form groups of the same number of blocks; each group has a
 * bitmap of its blocks, a bitmap of its inodes, and a table of these inodes. Where these lie is
 * said by the group's descriptor; the table of descriptors stands behind the super block. Some
 * groups have copies of super block and descriptors, which are for repairs.
 */
#pragma once

#include <stdint.h>

#define EXT2_MAGIC 0xEF53u
#define EXT2_SUPER_AT 1024u /**< where the super block begins, in bytes */
#define EXT2_ROOT 2u        /**< the inode of the root directory */
#define EXT2_LINKS_MAX 32000u
#define EXT2_FIRST_INODE_OLD 11u /**< of revision 0: the first inode that is nobody's */
#define EXT2_INODE_SIZE_OLD 128u /**< of revision 0 */
#define EXT2_SECTOR 512u         /**< what inode.sectors counts */

/** The super block (3.1). */
struct ext2_super {
    uint32_t inodes, blocks, reserved_blocks, free_blocks, free_inodes;
    uint32_t
        first_block; /**< the block that the first group begins with: where the super block is */
    uint32_t block_size; /**< 1024 << this */
    uint32_t fragment_size;
    uint32_t blocks_per_group, fragments_per_group, inodes_per_group;
    uint32_t mounted, written; /**< when */
    uint16_t mounts, mounts_max;
    uint16_t magic;
    uint16_t state; /**< enum ext2_state */
    uint16_t on_error, minor_revision;
    uint32_t checked, check_interval, creator, revision;
    uint16_t reserved_user, reserved_group;
    /* from revision 1 on: */
    uint32_t first_inode;
    uint16_t inode_size;
    uint16_t own_group;
    uint32_t compatible, incompatible, read_only_compatible; /**< features */
    uint8_t id[16];
    char name[16];
    char last_mounted[64];
    uint32_t algorithms;
    uint8_t preallocate, preallocate_directory;
    uint16_t reserved_descriptor_blocks; /**< behind the descriptors, for growing */
    uint8_t rest[816];
};

/** Bits: what is known of the file system's health. */
enum ext2_state { EXT2_STATE_CLEAN = 1, EXT2_STATE_DAMAGED = 2 };

/** Features: who does not know one can use the file system nevertheless; */
enum ext2_compatible { EXT2_COMPATIBLE_RESIZE_INODE = 0x10, EXT2_COMPATIBLE_SPARSE_SUPER2 = 0x200 };
/** cannot use it; */
enum ext2_incompatible { EXT2_INCOMPATIBLE_FILE_TYPE = 2 };
/** can only read it. */
enum ext2_read_only_compatible {
    EXT2_READ_ONLY_SPARSE_SUPER = 1, /**< only some groups have copies of the super block */
    EXT2_READ_ONLY_LARGE_FILE = 2    /**< there may be files of 2 GB and more */
};

/** A group's descriptor (3.2). */
struct ext2_descriptor {
    uint32_t block_bitmap, inode_bitmap, inode_table; /**< blocks */
    uint16_t free_blocks, free_inodes, directories;
    uint16_t padding;
    uint8_t reserved[12];
};

#define EXT2_DIRECT 12u /**< pointers in the inode that lead to data */
#define EXT2_POINTERS 15u
#define EXT2_LEVELS 4u /**< pointers to follow from the inode to a block of a file, at most */

/** An inode (3.4): what there is to know of a file but its name. What an inode has behind these 128
 * bytes is left alone. */
struct ext2_inode {
    uint16_t mode; /**< kind and permissions, as sys/stat.h */
    uint16_t user;
    uint32_t size;
    uint32_t accessed, changed, modified, deleted; /**< seconds since 1970 */
    uint16_t group;
    uint16_t links;
    uint32_t sectors; /**< of 512 bytes, that all its blocks have */
    uint32_t flags;
    uint32_t system;
    uint32_t blocks[EXT2_POINTERS]; /**< 12 of data, then one of each level of indirection; or a
                                         symbolic link's target; 0: a hole */
    uint32_t generation;
    uint32_t attributes; /**< a block of extended attributes; 0: there are none */
    uint32_t size_high;  /**< of regular files */
    uint32_t fragment;
    uint8_t system_rest[12];
};

/** Flags of inodes. */
enum ext2_inode_flag {
    EXT2_FLAG_INDEX = 0x1000,     /**< a directory that has an index beside */
    EXT2_FLAGS_OTHER = 0x10280000 /**< contents elsewhere than ext2 has them: extents (0x80000),
                                       in an attribute (0x200000), inline (0x10000000) */
};

/** An entry of a directory (4.1). The next one begins `size` bytes behind; the last one of a block
 * reaches up to its end. */
struct ext2_entry {
    uint32_t inode; /**< 0: there is no name here */
    uint16_t size;  /**< a multiple of 4 */
    uint8_t length; /**< of the name */
    uint8_t kind;   /**< enum ext2_kind; 0 without EXT2_INCOMPATIBLE_FILE_TYPE */
    char name[];    /**< no NUL */
};

#define EXT2_ENTRY_HEAD 8u /**< bytes of an entry before its name */
/** Bytes that an entry takes at least, with a name of so many bytes. */
#define EXT2_ENTRY_SIZE(length) ((EXT2_ENTRY_HEAD + (length) + 3u) & ~3u)

/** Kinds of files in entries. */
enum ext2_kind {
    EXT2_KIND_UNKNOWN,
    EXT2_KIND_FILE,
    EXT2_KIND_DIRECTORY,
    EXT2_KIND_CHARACTER,
    EXT2_KIND_BLOCK,
    EXT2_KIND_FIFO,
    EXT2_KIND_SOCKET,
    EXT2_KIND_LINK,
    EXT2_KINDS
};

/** The head of a block of extended attributes, which several inodes may share. */
struct ext2_attributes {
    uint32_t magic;
    uint32_t references;
    uint32_t blocks;
    uint32_t hash;
};

#define EXT2_ATTRIBUTES_MAGIC 0xEA020000u

_Static_assert(sizeof(struct ext2_super) == 1024, "the super block has 1024 bytes");
_Static_assert(sizeof(struct ext2_descriptor) == 32, "a descriptor has 32 bytes");
_Static_assert(sizeof(struct ext2_inode) == EXT2_INODE_SIZE_OLD, "an inode has 128 bytes");
_Static_assert(sizeof(struct ext2_entry) == EXT2_ENTRY_HEAD, "an entry's head has 8 bytes");
