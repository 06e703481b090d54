/* The order in which the worst of several results counts. Ignores: 7, which is no result of a case. */
#include "sim/cli/exit_codes.h"
#include <stddef.h>

int exit_worse(int a, int b)
{
    static const int order[] = {ART_EXIT_INTERRUPTED, ART_EXIT_MISUSE, ART_EXIT_FAULT,  ART_EXIT_TIMEOUT,
                                ART_EXIT_INVALID,     ART_EXIT_OUTPUT, ART_EXIT_FAILED, ART_EXIT_GOLDEN};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (a == order[i] || b == order[i]) return order[i];
    }
    return a;
}
