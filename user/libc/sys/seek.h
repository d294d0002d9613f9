/**
 * @file
 * Where an offset is counted from. For stdio.h, unistd.h and fcntl.h, which all have to have it.
 */
#pragma once

#define SEEK_SET 0 /**< from the file's beginning */
#define SEEK_CUR 1 /**< from where the open file is */
#define SEEK_END 2 /**< from the file's end */
