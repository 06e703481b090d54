/* Complaints of the core about a scenario that each row alone allows but that cannot be: the core cannot print,
   so it names section, key and reason, and sim/io adds file and line. */
#pragma once
#include <stddef.h>

/* What a wrong name should have been one of; sim/io offers the nearest. */
typedef enum ComplaintNames { COMPLAINT_NO_NAME, COMPLAINT_STATION, COMPLAINT_TRACK, COMPLAINT_LEG, COMPLAINT_TYRE } ComplaintNames;

typedef struct Complaint {
    char section[80]; /* "axle.3", "stop.North Road" */
    const char *key;  /* a string constant; "" when the section as a whole is meant */
    const char *why;  /* a string constant: what is wrong and what would be right; after a name, what is wrong with it */
    int names;        /* ComplaintNames */
    char name[64];    /* the wrong name, "" when names is COMPLAINT_NO_NAME */
    const char *unit; /* of `least`; null when there is no such figure */
    double least;     /* SI: the least value that would do */
} Complaint;

enum { COMPLAINTS_MAX = 32 };
typedef struct Complaints {
    Complaint items[COMPLAINTS_MAX];
    int count; /* all that were raised; only the first COMPLAINTS_MAX are kept */
} Complaints;

/* Raises one. `section` is "name" or, with number > 0, becomes "name.number". */
void complain(Complaints *list, const char *section, int number, const char *key, const char *why);
/* Raises one about a value that is too small: `why` goes on with the least that would do, in `unit`. */
void complain_least(Complaints *list, const char *section, const char *key, const char *why, double least,
                    const char *unit);
/* Tells the same of another section and key, about a name of `length` bytes. */
void complaint_move(Complaint *item, const char *section, const char *key, ComplaintNames names, const char *name,
                    size_t length);
/* Raises one about a name of `length` bytes: "x" is no station of the route. Section and number as above. */
void complain_name(Complaints *list, const char *section, int number, const char *key, ComplaintNames names, const char *name,
                   size_t length);
