/* Two-phase commit as in model/examples/two-phase-commit.ts: MANAGERS resource managers, one coordinator, messages that
   stay readable for ever. Every action is one d_step of one process, so that stored states are distinct protocol states.
   States and transitions, the initial state counted: 7: 296,448 and 2,744,706; 8: 1,745,408 and 18,507,778;
   9: 10,340,352 and 123,558,402. */
#ifndef MANAGERS
#define MANAGERS 7
#endif
#define EVERYONE ((1 << MANAGERS) - 1)
#define WORKING 0
#define PREPARED 1
#define COMMITTED 2
#define ABORTED 3

byte manager[MANAGERS];
byte decision;            /* 0 none, 1 committed, 2 aborted */
short heard;              /* whom the coordinator knows to be prepared */
short saidPrepared;       /* who has said so */
bit saidCommit, saidAbort;

#define MANAGER(m) \
 :: d_step { decision == 0 && (saidPrepared & (1 << m)) -> heard = heard | (1 << m) } \
 :: d_step { manager[m] == WORKING -> manager[m] = PREPARED; saidPrepared = saidPrepared | (1 << m) } \
 :: d_step { manager[m] == WORKING -> manager[m] = ABORTED } \
 :: d_step { saidCommit -> manager[m] = COMMITTED } \
 :: d_step { saidAbort -> manager[m] = ABORTED }

active proctype Everything() {
end: do
 :: d_step { decision == 0 && heard == EVERYONE -> decision = 1; saidCommit = 1 }
 :: d_step { decision == 0 -> decision = 2; saidAbort = 1 }
 MANAGER(0) MANAGER(1) MANAGER(2) MANAGER(3) MANAGER(4)
#if MANAGERS > 5
 MANAGER(5)
#endif
#if MANAGERS > 6
 MANAGER(6)
#endif
#if MANAGERS > 7
 MANAGER(7)
#endif
#if MANAGERS > 8
 MANAGER(8)
#endif
 od
}
