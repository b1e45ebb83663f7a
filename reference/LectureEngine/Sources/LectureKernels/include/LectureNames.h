// The names of the functions in Swift, which have labels.
#ifndef LECTURE_NAMES_H
#define LECTURE_NAMES_H

// They are static functions of these types, one for float and one for double, which hold nothing.
typedef struct {
  char unused;
} lk_f32;
typedef struct {
  char unused;
} lk_f64;

#define LK_NAME(SUFFIX, LABELS) __attribute__((swift_name("lk_" #SUFFIX "." LABELS)))

#endif
