package org.pgreel.scenarios.fuzz;

import java.io.IOException;

/** Where Jazzer comes in: {@code -Dpgreel.fuzz.target} names the target. */
public final class JazzerEntry {
    private static final FuzzTarget TARGET = FuzzTargets.named(System.getProperty("pgreel.fuzz.target", ""));
    /** What Jazzer looks at, the strings that are compared among it, it copies: 36 times what the target itself takes was seen. */
    private static final Allocation ALLOCATION = new Allocation(16);

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
