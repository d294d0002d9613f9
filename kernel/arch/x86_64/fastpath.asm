; The fast path: a call to a server that waits, and its answer to a client, straight from the one
; to the other.
;
; In these two cases everything is decided in advance: the message is in registers, and stays there;
; who runs next is known. So there is no scheduler, no saving of words, and no C. Whatever is not so
; simple goes the general way, with the same meaning: ipc/ has it in C, and is the specification.

%include "arch/x86_64/fastpath.inc"
%include "arch/x86_64/fastpath_leave.inc"

MESSAGE_CALLS   equ 8                   ; bit in the number of every message call, and of no other
CALL_IPC_CALL   equ 8                   ; the manifest's numbers
CALL_IPC_REPLY_RECV equ 9

extern sched, gdt_tss, syscall_entry
global fastpath_entry, fastpath_call, fastpath_reply_recv

section .bss
alignb 8
user_stack: resq 1                      ; the program's RSP while there is no register free for it

section .text
bits 64

; Where SYSCALL enters the kernel (fastpath_init). Plain calls go on at once.
fastpath_entry:
    test al, MESSAGE_CALLS
    jz syscall_entry
    mov [rel user_stack], rsp
    mov rsp, [rel sched]                ; the current thread; nothing is pushed through it
    mov [rsp + CONTEXT_RIP], rcx
    mov [rsp + CONTEXT_RFLAGS], r11
    mov [rsp + CONTEXT_RBP], rbp
    mov rcx, [rel user_stack]
    mov [rsp + CONTEXT_RSP], rcx
    mov qword [rsp + CONTEXT_VECTOR], CONTEXT_SYSCALL
    cmp rax, CALL_IPC_CALL
    je fastpath_call
    cmp rax, CALL_IPC_REPLY_RECV
    je fastpath_reply_recv
; The general way: puts the message's words where ipc/ looks for them, and goes on as a plain call.
; On entry: RSP = the current thread, whose RIP and RSP are saved; RAX, RDX, RDI, RSI, R11 and the
; words as the program gave them.
fastpath_decline:
    mov [rsp + CONTEXT_RSI], rsi
    mov [rsp + CONTEXT_R8], r8
    mov [rsp + CONTEXT_R9], r9
    mov [rsp + CONTEXT_R10], r10
    mov [rsp + CONTEXT_R12], r12
    mov [rsp + CONTEXT_R13], r13
    mov [rsp + CONTEXT_R14], r14
    mov [rsp + CONTEXT_R15], r15
    mov [rsp + CONTEXT_RBX], rbx
    mov rbp, [rsp + CONTEXT_RBP]
    mov rcx, [rsp + CONTEXT_RIP]
    mov r11, [rsp + CONTEXT_RFLAGS]
    mov rsp, [rsp + CONTEXT_RSP]
    jmp syscall_entry

; fastpath_call: ipc_call to a server that waits.
;
; On entry: RSP = the current thread, the client: its RIP, RFLAGS, RSP and RBP are saved, its
; context is marked; RDI = slot, RSI = info, RDX = timeout; RAX = the call's number, R8, R9, R10,
; R12 to R15 and RBX the words: all of these as the program gave them. RCX, R11 and RBP are free.
; Applies if all of this holds: there is such a slot (find_slot), and it allows SLOT_ENDPOINT_SEND;
; a thread, the server, waits in the endpoint's receivers, and no other; its wait is a simple one
; (require_simple_wait); the info word has none of the flags MESSAGE_SPECIAL; the timeout is
; infinite (-1). Otherwise: jumps to fastpath_decline, with nothing changed but RCX, R11 and RBP.
; Does: what endpoint_send() does for a call: takes the server out of the queue, which is empty then
; (the thread's `next` and `previous` are 0 anyway); lets the client wait for its answer
; (expect_reply); the server is RUNNING. Then leave_to_other, with RAX = 0 and RDI = the badge of
; the client's slot.
fastpath_call:
    find_slot
    test byte [rcx + SLOT_ALLOWS], SLOT_ENDPOINT_SEND
    jz fastpath_decline
    mov rbp, [rcx + SLOT_OBJECT]
    mov r11, [rbp + ENDPOINT_RECEIVERS]
    test r11, r11
    jz fastpath_decline                 ; nobody waits
    cmp qword [r11 + THREAD_NEXT], 0
    jne fastpath_decline
    require_simple_wait
    test esi, MESSAGE_SPECIAL
    jnz fastpath_decline
    cmp rdx, -1
    jne fastpath_decline

    xor eax, eax                        ; ERROR_NONE, and NULL
    mov [rbp + ENDPOINT_RECEIVERS], rax
    mov [rbp + ENDPOINT_RECEIVERS + QUEUE_LAST], rax
    mov [r11 + THREAD_QUEUE], rax
    mov rdi, [rcx + SLOT_BADGE]
    expect_reply
    mov dword [r11 + THREAD_STATE], THREAD_RUNNING
    leave_to_other

; fastpath_reply_recv: ipc_reply_recv when a client waits for the answer and nobody else for
; anything.
;
; On entry: as fastpath_call; the current thread is the server.
; Applies if all of this holds: there is such a slot, and it allows SLOT_ENDPOINT_RECEIVE; the
; server's slot SLOT_LAST_CALLER names a caller, the client, whose wait is a simple one; the
; endpoint has neither senders nor receivers; the bound notification has no bits; the info word has
; none of the flags MESSAGE_SPECIAL; the timeout is infinite. Otherwise: jumps to fastpath_decline.
; Does: what reply_give() and then endpoint_receive() do: the server's slot SLOT_LAST_CALLER is
; empty, the client has no `reply`, the server is RECEIVING, the only one in the endpoint's
; receivers, the client RUNNING. Then leave_to_other to the client, with RAX and RDI 0.
fastpath_reply_recv:
    find_slot
    test byte [rcx + SLOT_ALLOWS], SLOT_ENDPOINT_RECEIVE
    jz fastpath_decline
    mov rbp, [rcx + SLOT_OBJECT]
    find_last_caller
    require_simple_wait
    mov rcx, [rsp + THREAD_BOUND]
    mov rcx, [rcx + NOTIFICATION_BITS]
    or rcx, [rbp + ENDPOINT_RECEIVERS]
    or rcx, [rbp + ENDPOINT_SENDERS]
    jnz fastpath_decline
    test esi, MESSAGE_SPECIAL
    jnz fastpath_decline
    cmp rdx, -1
    jne fastpath_decline

    xor eax, eax                        ; ERROR_NONE, NULL, SLOT_EMPTY
    xor edi, edi                        ; an answer has no badge
    forget_last_caller
    mov [rbp + ENDPOINT_RECEIVERS], rsp
    mov [rbp + ENDPOINT_RECEIVERS + QUEUE_LAST], rsp
    mov [rsp + THREAD_QUEUE], rbp       ; the endpoint begins with its receivers
    mov dword [rsp + THREAD_STATE], THREAD_RECEIVING
    mov dword [r11 + THREAD_STATE], THREAD_RUNNING
    leave_to_other

section .note.GNU-stack noalloc noexec nowrite progbits
