/**
 * @file
 * The handlers of requests: one for each enum file_request; what they do is said in proto.h. And
 * what they have in common.
 */
#pragma once

#include "clients.h"
#include "open_file.h"
#include "request.h"

int file_open(struct request *request);
int file_close(struct request *request);
int file_read(struct request *request);
int file_write(struct request *request);
int file_seek(struct request *request);
int file_stat(struct request *request);
int file_fstat(struct request *request);
int file_mkdir(struct request *request);
int file_rmdir(struct request *request);
int file_unlink(struct request *request);
int file_link(struct request *request);
int file_symlink(struct request *request);
int file_readlink(struct request *request);
int file_rename(struct request *request);
int file_truncate(struct request *request);
int file_ftruncate(struct request *request);
int file_readdir(struct request *request);
int file_fsync(struct request *request);
int file_sync(struct request *request);
int file_dup(struct request *request);
int file_dup2(struct request *request);
int file_chdir(struct request *request);
int file_getcwd(struct request *request);
int file_pipe(struct request *request);
int file_control(struct request *request);
int file_mount(struct request *request);
int file_unmount(struct request *request);
int file_statfs(struct request *request);
int file_chmod(struct request *request);
int file_utime(struct request *request);
int file_begin(struct request *request);
int file_pass(struct request *request);
int file_attach(struct request *request);
int file_next(struct request *request);
int file_umask(struct request *request);

/** A text of a request: not ended by a NUL. */
struct span {
    const char *text;
    size_t length;
};

int request_spans(const struct request *request, unsigned count, struct span *spans);
void request_answer(struct request *request, const void *from, size_t size);
struct open_file *request_file(const struct request *request);
