package org.pgreel.recorder.tape;

/**
 * The numbers that were met last, the latest first: the key that a statement names is often that of the statement before.
 * Writer and reader tell it the same, so that a place stands for a number. Confined to one thread.
 */
final class RecentNumbers {

    static final int KEPT = 32;

    private final int[] numbers = new int[KEPT];
    private int count;

    /** Returns the place of a number, which moves to the front; -1 if it is new. */
    int met(int number) {
        for (int place = 0; place < count; place++) {
            if (numbers[place] == number) {
                front(place, number);
                return place;
            }
        }
        count = Math.min(count + 1, KEPT);
        front(count - 1, number);
        return -1;
    }

    /** Returns the number at a place and moves it to the front. */
    int at(int place) {
        if (place >= count) {
            throw new TapeProblem("a number is to be one of " + count + " before it, and the tape names that of place "
                    + (place + 1));
        }
        int number = numbers[place];
        front(place, number);
        return number;
    }

    void clear() {
        count = 0;
    }

    private void front(int place, int number) {
        System.arraycopy(numbers, 0, numbers, 1, place);
        numbers[0] = number;
    }
}
