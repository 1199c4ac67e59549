package org.pgreel.recorder.chronicle;

import org.jspecify.annotations.Nullable;

/**
 * The stripes in which sessions begin at present, one a lane: what is written side by side. A lane's stripe may be followed
 * by another, while sessions that go on stay where they are. Guarded by {@link OpenStripes}.
 */
final class Lanes {

    private final int[] places;
    private int next;

    Lanes(int count) {
        this.places = new int[count];
    }

    int count() {
        return places.length;
    }

    /** Returns the place of a lane's stripe. */
    int place(int lane) {
        return places[lane];
    }

    void place(int lane, int place) {
        places[lane] = place;
    }

    /** Returns whether sessions begin in the stripe at a place. */
    boolean lead(int place) {
        for (int one : places) {
            if (one == place) {
                return true;
            }
        }
        return false;
    }

    /** Returns the place for a new session: the stripe with the fewest that are not over, by turns among equals. */
    int choose(Stripes stripes) {
        int chosen = places[next];
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < places.length; i++) {
            int place = places[(next + i) % places.length];
            OpenStripe stripe = stripes.at(place);
            long open = stripe == null ? Long.MAX_VALUE : stripe.open();
            if (open < fewest) {
                fewest = open;
                chosen = place;
            }
        }
        next = (next + 1) % places.length;
        return chosen;
    }

    /** Tells which stripe is where. */
    interface Stripes {

        @Nullable
        OpenStripe at(int place);
    }
}
