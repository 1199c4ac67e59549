package org.pgreel.scenarios.fuzz;

import java.io.IOException;

/** Where Jazzer comes in: {@code -Dpgreel.fuzz.target} names the target. */
public final class JazzerEntry {
    private static final FuzzTarget TARGET = FuzzTargets.named(System.getProperty("pgreel.fuzz.target", ""));
    private static final Allocation ALLOCATION = new Allocation();

    private JazzerEntry() {}

    /** Called by Jazzer before the first input: what is set up once is not to be taken for the time of an input. */
    public static void fuzzerInitialize() throws IOException {
        TARGET.take(new byte[0]);
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        ALLOCATION.bounded(TARGET, input);
    }
}
