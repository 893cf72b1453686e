/* Session fencing as in model/examples/session-fencing.ts, with one session and REPLICAS replicas (2 or 3).
   Every action is one d_step of one process, so that stored states are distinct protocol states; the second process asserts
   that no replica holds a write of a session whose barrier is complete. Needs spin -o2: -o1 would drop `landed`.
   States and transitions, the initial state counted: 2: 45,517 and 248,017; 3: 2,823,457 and 21,681,386. */
#ifndef REPLICAS
#define REPLICAS 2
#endif
#define NONE 0
#define OPENED 1
#define STREAMING 2
#define CLOSING 3
#define COMPLETE 4

byte stage, session, version, losses = 1, failovers = 1, failures = 1;
byte applied[REPLICAS], request[REPLICAS], answer[REPLICAS], landed[REPLICAS], guards[REPLICAS], wire[REPLICAS];
bit acked[REPLICAS];

#define IDLE(r) (guards[r] == 0 && wire[r] == 0)
#if REPLICAS == 2
#define CURRENT ((applied[0] == version) + (applied[1] == version))
#define ONTHEWIRE (wire[0] + wire[1])
#define ALLIDLE (IDLE(0) && IDLE(1))
#define ALLACKED (acked[0] && acked[1])
#define FORGETACKS acked[0] = 0; acked[1] = 0
#define HELD (guards[0] + guards[1])
#else
#define CURRENT ((applied[0] == version) + (applied[1] == version) + (applied[2] == version))
#define ONTHEWIRE (wire[0] + wire[1] + wire[2])
#define ALLIDLE (IDLE(0) && IDLE(1) && IDLE(2))
#define ALLACKED (acked[0] && acked[1] && acked[2])
#define FORGETACKS acked[0] = 0; acked[1] = 0; acked[2] = 0
#define HELD (guards[0] + guards[1] + guards[2])
#endif

#define REPLICA(r) \
 :: d_step { stage == STREAMING && ONTHEWIRE < 2 -> wire[r]++ } \
 :: d_step { applied[r] < version -> applied[r]++ } \
 :: d_step { stage == CLOSING && !acked[r] && request[r] == 0 -> request[r] = session } \
 :: d_step { request[r] > 0 && applied[r] >= 2 * request[r] && guards[r] == 0 -> answer[r] = request[r]; request[r] = 0 } \
 :: d_step { request[r] > 0 && losses > 0 -> request[r] = 0; losses-- } \
 :: d_step { answer[r] > 0 -> if :: stage == CLOSING && answer[r] == session -> acked[r] = 1 :: else fi; answer[r] = 0 } \
 :: d_step { answer[r] > 0 && losses > 0 -> answer[r] = 0; losses-- } \
 :: d_step { wire[r] > 0 && (applied[r] != 1 || guards[r] < 2) -> if :: applied[r] == 1 -> guards[r]++ :: else fi; wire[r]-- } \
 :: d_step { wire[r] > 0 && losses > 0 -> wire[r]--; losses-- } \
 :: d_step { guards[r] > 0 -> guards[r]--; landed[r] = 1 }

active proctype Everything() {
end: do
 :: d_step { stage == NONE && session < 1 -> session++; stage = OPENED; version++ }
 :: d_step { stage == OPENED && 2 * CURRENT > REPLICAS -> stage = STREAMING }
 :: d_step { stage == STREAMING && ALLIDLE -> stage = CLOSING; version++ }
 :: d_step { stage == STREAMING && failures > 0 -> stage = CLOSING; version++; failures-- }
 :: d_step { stage == CLOSING && ALLACKED -> stage = COMPLETE; FORGETACKS }
 :: d_step { stage == COMPLETE -> stage = NONE }
 :: d_step { (stage == OPENED || stage == STREAMING) && failovers > 0 -> stage = CLOSING; version++; failovers-- }
 :: d_step { stage == CLOSING && failovers > 0 -> failovers--; FORGETACKS }
 REPLICA(0)
 REPLICA(1)
#if REPLICAS == 3
 REPLICA(2)
#endif
 od
}

active proctype Law() {
end: do
 :: d_step { (stage == NONE || stage == COMPLETE) && session == 1 && HELD > 0 -> assert(false) }
 od
}
