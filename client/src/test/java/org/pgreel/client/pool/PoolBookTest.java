package org.pgreel.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.pool.Place.State;

/**
 * The book against whatever can happen, in whatever order: never more than max places, no session with two borrowers, those
 * who wait are served in their order, and nobody is forgotten.
 */
final class PoolBookTest {
    private static final long STEP = Duration.ofSeconds(1).toNanos();

    /** What happens; the number picks one of those to whom it can happen. */
    record Event(Kind kind, int pick) {}

    enum Kind {
        ASK,
        GIVE_UP,
        TIME_OUT,
        READY,
        CONNECT_FAILS,
        CONNECT_FAILS_FOR_GOOD,
        GOOD,
        BAD,
        GIVE_BACK,
        END,
        CLOSED_ONE_ENDS,
        TIME_PASSES,
        STANDBY_FOUND
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(12, Kind.ASK),
                Tuple.of(2, Kind.GIVE_UP),
                Tuple.of(1, Kind.TIME_OUT),
                Tuple.of(8, Kind.READY),
                Tuple.of(2, Kind.CONNECT_FAILS),
                Tuple.of(1, Kind.CONNECT_FAILS_FOR_GOOD),
                Tuple.of(8, Kind.GOOD),
                Tuple.of(1, Kind.BAD),
                Tuple.of(8, Kind.GIVE_BACK),
                Tuple.of(2, Kind.END),
                Tuple.of(4, Kind.CLOSED_ONE_ENDS),
                Tuple.of(4, Kind.TIME_PASSES),
                Tuple.of(1, Kind.STANDBY_FOUND));
        return kinds.flatMap(kind -> Arbitraries.integers().between(0, 99).map(pick -> new Event(kind, pick)))
                .list()
                .ofMaxSize(150);
    }

    @Property(tries = 1000)
    void whateverHappensThePoolKeepsItsPromises(
            @ForAll("events") List<Event> events,
            @ForAll @IntRange(min = 1, max = 4) int max,
            @ForAll @IntRange(max = 2) int min,
            @ForAll boolean closedInTheMiddle) {
        Model model = new Model(Math.min(min, max), max);
        for (Event event : events) {
            model.happens(event);
            model.holds();
        }
        if (!closedInTheMiddle) {
            model.servesAllWhoWait();
        }
        model.closes();
    }

    /** A pool's world: does what the book wants, and remembers who has what. */
    private static final class Model implements PoolDeeds {
        private final int max;
        private final PoolBook book;
        private final Set<Place> connecting = new LinkedHashSet<>();
        private final Set<Place> checking = new LinkedHashSet<>();
        private final Set<Place> returning = new LinkedHashSet<>();
        private final Set<Place> closing = new LinkedHashSet<>();
        private final Set<Place> living = new LinkedHashSet<>();
        private final Map<Place, Waiter> borrowers = new LinkedHashMap<>();
        /** Who waits, in the order in which they came. */
        private final Deque<Waiter> waiting = new ArrayDeque<>();

        private final List<Waiter> failed = new ArrayList<>();
        private long now;
        private long wakeAt = Long.MAX_VALUE;
        private int drained;

        Model(int min, int max) {
            this.max = max;
            PoolOptions options = PoolOptions.builder()
                    .min(min)
                    .max(max)
                    .connectsAtOnce(2)
                    .primariesOnly(true)
                    .validateAfter(Duration.ofSeconds(3))
                    .idleTimeout(Duration.ofSeconds(10))
                    .build();
            book = new PoolBook(options, this);
            book.opened(now);
        }

        void happens(Event event) {
            switch (event.kind()) {
                case ASK -> ask();
                case GIVE_UP ->
                    pick(waiting, event).ifPresent(waiter -> {
                        waiting.remove(waiter);
                        book.gaveUp(waiter);
                    });
                case TIME_OUT -> pick(waiting, event).ifPresent(waiter -> book.timedOut(waiter, null));
                case READY ->
                    pick(connecting, event).ifPresent(place -> {
                        connecting.remove(place);
                        book.connected(place, now + 20 * STEP, now);
                    });
                case CONNECT_FAILS -> connectFails(event, null);
                case CONNECT_FAILS_FOR_GOOD -> connectFails(event, new IllegalStateException("for good"));
                case GOOD ->
                    pick(tended(), event).ifPresent(place -> {
                        untended(place);
                        book.takesWrites(place);
                        book.available(place, now);
                    });
                case BAD ->
                    pick(tended(), event).ifPresent(place -> {
                        untended(place);
                        book.doomed(place, now);
                    });
                case GIVE_BACK -> pick(borrowers.keySet(), event).ifPresent(this::giveBack);
                case END -> pick(living, event).ifPresent(this::ends);
                case CLOSED_ONE_ENDS -> pick(closing, event).ifPresent(this::ends);
                case TIME_PASSES -> timePasses(now + STEP * (1 + event.pick() % 5));
                case STANDBY_FOUND -> book.foundStandby();
            }
        }

        private static <T> Optional<T> pick(Collection<T> from, Event event) {
            List<T> all = List.copyOf(from);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(event.pick() % all.size()));
        }

        private void ask() {
            Waiter waiter = new Waiter(0, null);
            waiting.add(waiter);
            book.asked(waiter, now);
        }

        private void connectFails(Event event, @Nullable RuntimeException lasting) {
            pick(connecting, event).ifPresent(place -> {
                connecting.remove(place);
                book.connectFailed(place, 2 * STEP, lasting, now);
            });
        }

        private List<Place> tended() {
            List<Place> tended = new ArrayList<>(checking);
            tended.addAll(returning);
            return tended;
        }

        private void untended(Place place) {
            checking.remove(place);
            returning.remove(place);
        }

        private void giveBack(Place place) {
            borrowers.remove(place);
            if (living.contains(place)) {
                returning.add(place);
            }
            book.returning(place);
        }

        private void ends(Place place) {
            living.remove(place);
            closing.remove(place);
            connecting.remove(place);
            untended(place);
            book.ended(place, now);
        }

        private void timePasses(long until) {
            while (wakeAt <= until) {
                now = Math.max(now, wakeAt);
                wakeAt = Long.MAX_VALUE;
                book.tick(now);
            }
            now = until;
        }

        @Override
        public void connect(Place place) {
            assertThat(living.add(place)).as("a new place").isTrue();
            connecting.add(place);
        }

        @Override
        public void check(Place place) {
            assertThat(living).contains(place);
            checking.add(place);
        }

        @Override
        public void lend(Place place, Waiter waiter) {
            assertThat(living).as("a session that is not over is lent").contains(place);
            assertThat(borrowers).as("not lent twice").doesNotContainKey(place);
            assertThat(tended()).doesNotContain(place);
            assertThat(waiting.poll()).as("who waited longest").isSameAs(waiter);
            borrowers.put(place, waiter);
        }

        @Override
        public void close(Place place) {
            assertThat(closing.add(place)).as("closed once").isTrue();
            connecting.remove(place);
            untended(place);
        }

        @Override
        public void fail(Waiter waiter, RuntimeException why) {
            assertThat(waiting.remove(waiter)).as("only who waits is told").isTrue();
            failed.add(waiter);
        }

        @Override
        public void wakeBy(long nanos) {
            wakeAt = Math.min(wakeAt, nanos);
        }

        @Override
        public void drained() {
            drained++;
        }

        void holds() {
            assertThat(living).hasSizeLessThanOrEqualTo(max);
            assertThat(book.total()).isEqualTo(living.size());
            assertThat(book.waiting()).isEqualTo(waiting.size());
            assertThat(book.count(State.LENT)).isEqualTo((int) borrowers.keySet().stream()
                    .filter(place -> living.contains(place) && !closing.contains(place))
                    .count());
            assertThat(connecting).hasSizeLessThanOrEqualTo(2);
            if (!waiting.isEmpty() && book.count(State.IDLE) > 0) {
                assertThat(book.count(State.CONNECTING) + book.count(State.CHECKING) + book.count(State.RETURNING))
                        .as("whoever waits beside an idle session has another on its way")
                        .isPositive();
            }
        }

        /** From now on all goes well. */
        void servesAllWhoWait() {
            for (int round = 0; round < 2_000 && !waiting.isEmpty(); round++) {
                for (Kind kind :
                        new Kind[] {Kind.CLOSED_ONE_ENDS, Kind.READY, Kind.GOOD, Kind.GIVE_BACK, Kind.TIME_PASSES}) {
                    happens(new Event(kind, 0));
                    holds();
                }
            }
            assertThat(waiting).as("forgotten").isEmpty();
        }

        void closes() {
            book.close(now);
            ask();
            assertThat(waiting).isEmpty();
            book.closeLent(now);
            List.copyOf(living).forEach(this::ends);
            assertThat(drained).isEqualTo(1);
            assertThat(book.total()).isZero();
        }
    }
}
