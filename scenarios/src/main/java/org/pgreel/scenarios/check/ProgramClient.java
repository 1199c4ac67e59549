package org.pgreel.scenarios.check;

import java.io.IOException;
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
    public ProgramCommand command() {
        return command;
    }

    @Override
    public ClientEnd run(String name, CaseLogin login, RunWatch watch, RunLimits limits, Runnable waits)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command.filled(login));
        command.setVariables(builder.environment(), login);
        var patience = new ClientPatience(watch, limits, waits);
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
                    how(ended, process.exitValue()),
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
    private static ClientEnd.How how(boolean ended, int status) {
        if (!ended) {
            return ClientEnd.How.NEVER_ENDED;
        }
        return status > ProcessTree.SIGNALS && status <= ProcessTree.SIGNALS + ProcessTree.SIGNALS_MAX
                ? ClientEnd.How.KILLED
                : ClientEnd.How.EXITED;
    }
}
