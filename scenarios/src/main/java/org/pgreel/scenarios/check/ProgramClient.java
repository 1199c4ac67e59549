package org.pgreel.scenarios.check;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program that is started anew for each run. */
public final class ProgramClient implements ClientUnderTest {
    private static final long TICK_MILLIS = 50;

    private final ProgramCommand command;

    /** @param command the program's words */
    public ProgramClient(ProgramCommand command) {
        this.command = command;
    }

    @Override
    public String name() {
        return command.toString();
    }

    @Override
    public Abilities abilities() {
        return command.abilities();
    }

    @Override
    public ClientEnd run(String name, CaseLogin login, RunWatch watch, RunLimits limits, Runnable waits)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command.filled(login));
        command.setVariables(builder.environment(), login);
        var patience = new ClientPatience(watch, limits, waits, Duration.ZERO);
        Process process = builder.start();
        var tree = new ProcessTree(process);
        try {
            process.getOutputStream().close();
            KeptText output = KeptText.of(process.getInputStream(), "pgreel-check-out");
            KeptText errors = KeptText.of(process.getErrorStream(), "pgreel-check-err");
            var unused = process.onExit().thenRun(watch::changed);
            while (process.isAlive() && patience.goesOn(tree, output.written() + errors.written())) {
                watch.await(TICK_MILLIS);
            }
            boolean ended = !process.isAlive();
            tree.kill();
            process.waitFor(TICK_MILLIS, TimeUnit.SECONDS);
            return new ClientEnd(
                    ended ? how(process.exitValue()) : ClientEnd.How.NEVER_ENDED,
                    process.exitValue(),
                    output.text(),
                    errors.text(),
                    patience.seconds(),
                    patience.busy());
        } finally {
            tree.kill();
        }
    }

    /** The JVM adds 128 to the number of the signal; what a shell reports of its child looks the same. */
    static ClientEnd.How how(int status) {
        return status > ProcessTree.SIGNALS && status <= ProcessTree.SIGNALS + ProcessTree.SIGNALS_MAX
                ? ClientEnd.How.KILLED
                : ClientEnd.How.EXITED;
    }
}
