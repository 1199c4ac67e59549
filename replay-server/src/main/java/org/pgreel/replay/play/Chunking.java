package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How what leaves in one write is cut into several, so that a client is tested under every fragmentation that TCP may
 * choose.
 *
 * <p>The runner picks it, not the script. An event of the script is never cut across. Immutable.
 */
public sealed interface Chunking {
    /** As the script says: consecutive lines in one write. */
    Chunking WHOLE = new Whole();

    /** One byte at a time. */
    Chunking BYTES = new Pieces(1);

    /**
     * Returns the chunking of that {@link #word}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Chunking of(String word) {
        try {
            if (word.equals("whole")) {
                return WHOLE;
            }
            if (word.equals("bytes")) {
                return BYTES;
            }
            if (word.startsWith("bytes:")) {
                return new Pieces(Integer.parseInt(word.substring("bytes:".length())));
            }
            if (word.startsWith("seed:")) {
                return new Seeded(Long.parseLong(word.substring("seed:".length())));
            }
            if (word.startsWith("cut:")) {
                return new Cut(Long.parseLong(word.substring("cut:".length())));
            }
            if (word.equals("frame-1") || word.equals("frame+0") || word.equals("frame+1")) {
                return new FrameBoundary(Integer.parseInt(word.substring("frame".length())));
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("\"" + word + "\" has no number where one belongs", notANumber);
        }
        throw new IllegalArgumentException(
                "\"" + word + "\" is none of whole, bytes, bytes:N, cut:N, frame-1, frame+0, frame+1 and seed:N");
    }

    /**
     * Returns where a write is cut, in ascending order, neither 0 nor the length among them.
     *
     * @param length bytes in the write
     * @param frameEnds index behind the last byte of each message in it, ascending
     * @param before bytes that were sent on the connection before; makes seeded cuts depend on the stream and not on how
     *     often it was asked
     */
    List<Integer> cuts(int length, List<Integer> frameEnds, long before);

    /** Returns the word by which a command line and a report name it, as {@code bytes} or {@code seed:7}. */
    String word();

    /** Not cut at all. */
    record Whole() implements Chunking {
        @Override
        public List<Integer> cuts(int length, List<Integer> frameEnds, long before) {
            return List.of();
        }

        @Override
        public String word() {
            return "whole";
        }
    }

    /**
     * Cut into pieces of equal size.
     *
     * @param size bytes in a piece, at least 1
     */
    record Pieces(int size) implements Chunking {
        /** Refuses pieces without bytes. */
        public Pieces {
            if (size < 1) {
                throw new IllegalArgumentException("A piece holds at least one byte");
            }
        }

        @Override
        public List<Integer> cuts(int length, List<Integer> frameEnds, long before) {
            var cuts = new ArrayList<Integer>();
            for (int at = size; at < length; at += size) {
                cuts.add(at);
            }
            return cuts;
        }

        @Override
        public String word() {
            return size == 1 ? "bytes" : "bytes:" + size;
        }
    }

    /**
     * Cut once, at one place of each connection's stream.
     *
     * @param at how many bytes of the server's stream stand before the cut, at least 1
     */
    record Cut(long at) implements Chunking {
        /** Refuses a cut that would leave nothing before it. */
        public Cut {
            if (at < 1) {
                throw new IllegalArgumentException("At least one byte stands before a cut");
            }
        }

        @Override
        public List<Integer> cuts(int length, List<Integer> frameEnds, long before) {
            return at > before && at < before + length ? List.of((int) (at - before)) : List.of();
        }

        @Override
        public String word() {
            return "cut:" + at;
        }
    }

    /**
     * Cut at, or a little beside, the end of each message.
     *
     * @param offset −1 a byte before it, 0 at it, +1 a byte behind it
     */
    record FrameBoundary(int offset) implements Chunking {
        @Override
        public List<Integer> cuts(int length, List<Integer> frameEnds, long before) {
            return frameEnds.stream()
                    .map(end -> end + offset)
                    .filter(at -> at > 0 && at < length)
                    .distinct()
                    .toList();
        }

        @Override
        public String word() {
            return "frame" + (offset < 0 ? "" : "+") + offset;
        }
    }

    /**
     * Cut at places that a seed picks, into pieces of 1 to 16 bytes mostly, so that headers are cut often.
     *
     * @param seed repeats the run
     */
    record Seeded(long seed) implements Chunking {
        private static final int SMALL = 16;
        private static final int LARGE = 1024;

        @Override
        public List<Integer> cuts(int length, List<Integer> frameEnds, long before) {
            var random = new SplittableRandom(seed ^ before * 0x9E3779B97F4A7C15L);
            var cuts = new ArrayList<Integer>();
            int at = 0;
            while (true) {
                at += 1 + random.nextInt(random.nextInt(4) == 0 ? LARGE : SMALL);
                if (at >= length) {
                    return cuts;
                }
                cuts.add(at);
            }
        }

        @Override
        public String word() {
            return "seed:" + seed;
        }
    }
}
