package org.pgreel.scenarios.run;

/** What the runs of one scenario have come to. Immutable. */
public sealed interface Verdict {
    /** Returns the scenario's name. */
    String scenario();

    /** Returns the verdict in one line. */
    String sentence();

    /**
     * All runs passed.
     *
     * @param runs how many
     */
    record Passed(String scenario, int runs) implements Verdict {
        @Override
        public String sentence() {
            return scenario + " passed (" + runs + (runs == 1 ? " run)" : " runs)");
        }
    }

    /**
     * A run failed, which ended the others.
     *
     * @param chunking the word that repeats the run, such as {@code cut:117} or {@code tcp:bytes}
     * @param problem the first thing that went wrong, a sentence
     * @param text all that a person needs: the problem, the transcript, and the command that repeats the run
     */
    record Failed(String scenario, String chunking, String problem, String text) implements Verdict {
        @Override
        public String sentence() {
            return scenario + " failed (" + chunking + "): " + problem;
        }
    }

    /**
     * The scenario needs something that does not exist yet, an operation of our client mostly, so it was not run.
     *
     * @param need what, such as {@code our client's stream}
     */
    record Waiting(String scenario, String need) implements Verdict {
        @Override
        public String sentence() {
            return scenario + " waits for " + need;
        }
    }
}
