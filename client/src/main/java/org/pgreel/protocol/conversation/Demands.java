package org.pgreel.protocol.conversation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The queue of what the backend owes: frontend messages that it has not answered to the end, each with its number.
 *
 * <p>Immutable, in two linked lists of which the second is reversed, so that appending and taking cost O(1) on average
 * however many messages are pipelined. The first list is empty only if the queue is.
 */
final class Demands implements Iterable<Demands.Item> {
    static final Demands NONE = new Demands(null, null);

    private final @Nullable Item front;
    private final @Nullable Item back;

    /** One message: what it demands, its number (1 is the first of the connection), and the next in its list. */
    static final class Item {
        final Demand demand;
        final long number;
        private final @Nullable Item next;

        private Item(Demand demand, long number, @Nullable Item next) {
            this.demand = demand;
            this.number = number;
            this.next = next;
        }

        private boolean equalTo(Item that) {
            return demand == that.demand && number == that.number;
        }
    }

    private Demands(@Nullable Item front, @Nullable Item back) {
        this.front = front;
        this.back = back;
    }

    boolean isEmpty() {
        return front == null;
    }

    /** Returns the oldest, or null. */
    @Nullable
    Demand head() {
        return front == null ? null : front.demand;
    }

    /** Returns the number of the oldest, or 0. */
    long headNumber() {
        return front == null ? 0 : front.number;
    }

    /** Returns this queue with one more at its end. */
    Demands and(Demand demand, long number) {
        return front == null
                ? new Demands(new Item(demand, number, null), null)
                : new Demands(front, new Item(demand, number, back));
    }

    /** Returns this queue with one more before its head. */
    Demands headedBy(Demand demand, long number) {
        return new Demands(new Item(demand, number, front), back);
    }

    /** Returns this queue with another before its head; it walks that one. */
    Demands headedBy(Demands more) {
        Deque<Item> items = new ArrayDeque<>();
        more.forEach(items::push);
        Demands result = this;
        for (Item item : items) {
            result = result.headedBy(item.demand, item.number);
        }
        return result;
    }

    /** Returns this queue without its head. */
    Demands rest() {
        if (front == null) {
            throw new NoSuchElementException();
        }
        if (front.next != null) {
            return new Demands(front.next, back);
        }
        return back == null ? NONE : new Demands(reversed(back), null);
    }

    /** Returns this queue without each CopyDone and CopyFail that stands at its head. */
    Demands withoutCopyEnds() {
        Demands queue = this;
        for (Demand head = queue.head(); head != null && head.endsCopy(); head = queue.head()) {
            queue = queue.rest();
        }
        return queue;
    }

    /** Tells whether nothing else than the demand is in the queue. */
    boolean hasOnly(Demand demand) {
        for (Item item : this) {
            if (item.demand != demand) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many of the demand stand at the head, one behind the other; it does not count beyond a limit. */
    int leading(Demand demand, int limit) {
        int count = 0;
        for (Item item : this) {
            if (item.demand != demand || count == limit) {
                break;
            }
            count++;
        }
        return count;
    }

    private static Item reversed(Item list) {
        Item result = new Item(list.demand, list.number, null);
        for (Item item = list.next; item != null; item = item.next) {
            result = new Item(item.demand, item.number, result);
        }
        return result;
    }

    /** Walks from the oldest to the youngest. */
    @Override
    public Iterator<Item> iterator() {
        return new Iterator<>() {
            private @Nullable Item at = front;
            private boolean inBack;

            @Override
            public boolean hasNext() {
                return at != null || (!inBack && back != null);
            }

            @Override
            public Item next() {
                if (at == null && !inBack && back != null) {
                    at = reversed(back);
                    inBack = true;
                }
                if (at == null) {
                    throw new NoSuchElementException();
                }
                Item item = at;
                at = item.next;
                return item;
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Demands that)) {
            return false;
        }
        Iterator<Item> ours = iterator();
        Iterator<Item> theirs = that.iterator();
        while (ours.hasNext() && theirs.hasNext()) {
            if (!ours.next().equalTo(theirs.next())) {
                return false;
            }
        }
        return ours.hasNext() == theirs.hasNext();
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Item item : this) {
            hash = 31 * hash + item.demand.name().hashCode();
        }
        return hash;
    }

    /** Returns for example {@code [Parse, Bind, Sync]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (Item item : this) {
            text.append(text.length() > 1 ? ", " : "").append(item.demand.messageName());
        }
        return text.append(']').toString();
    }
}
