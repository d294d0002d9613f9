/**
 * @file
 * Where a test begins in a kernel whose tasks are programs: in the place of sched_start(), on the
 * boot stack, with interrupts off, when every init step is done and no task is there yet. The file
 * link.options has the linker send that call here (ld's --wrap). A stage whose tests have to begin
 * elsewhere has its own function of this name.
 */
void __wrap_sched_start(void);
void demo_main(void);

__attribute__((weak)) void __wrap_sched_start(void)
{
    demo_main();
}
