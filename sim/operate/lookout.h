/* Who looks out: a person in the leading cab, or a remote operator on pictures from it. What they see in the lane, and when
   their brake command reaches the train. */
#pragma once
#include "sim/operate/modes.h"

typedef struct RemoteSpec { /* [remote] */
    int32_t called;    /* 1: an operator can be called after a minimal-risk stop */
    int32_t drives;    /* 1: one drives from the start in place of the ATO */
    double speed;      /* m/s, cap while one drives */
    HumanTime picture; /* s by which the picture is old */
    HumanTime command; /* s until a command reaches the train */
    double timeout;    /* s without a word from the operator: the train brakes */
} RemoteSpec;
extern const ParamTable remote_table;

/* What a person has of one road user. */
typedef struct LookoutTrack {
    int32_t sees, knows; /* it is in sight; the train has the command to brake for it */
    int32_t hard;        /* 1: with the emergency brake, to rest */
    double wait;         /* s until then */
} LookoutTrack;

typedef struct LookoutInput {
    const OperationSpec *spec;
    const RemoteSpec *remote; /* null: the person is in the cab */
    double gap;               /* m from the nose; 0 or less: nothing is there */
    double speed;             /* m/s */
    RngStream stream;
    uint64_t tick;
    double cycle; /* s */
} LookoutInput;

/* One cycle. The times are drawn once for each sighting. */
void lookout_cycle(const LookoutInput *input, LookoutTrack *track);
