/* Complaints of the core about a scenario that each row alone allows but that cannot be: the core cannot print,
   so it names section, key and reason, and sim/io adds file and line. */
#pragma once

typedef struct Complaint {
    char section[64]; /* "axle.3" */
    const char *key;  /* a string constant; "" when the section as a whole is meant */
    const char *why;  /* a string constant: what is wrong and what would be right */
} Complaint;

enum { COMPLAINTS_MAX = 32 };
typedef struct Complaints {
    Complaint items[COMPLAINTS_MAX];
    int count; /* all that were raised; only the first COMPLAINTS_MAX are kept */
} Complaints;

/* Raises one. `section` is "name" or, with number > 0, becomes "name.number". */
void complain(Complaints *list, const char *section, int number, const char *key, const char *why);
