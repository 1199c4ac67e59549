package org.pgreel.scenarios.check;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A program that is started once and then told of one run after another, for those that are slow to start: a line of
 * JSON each on its standard input, a line of JSON for what came of it on its standard output.
 *
 * <p>As many of them run as there are runs at a time. One that hangs or dies is ended, and another is started.
 */
public final class DriverClient implements ClientUnderTest {
    private static final Abilities ABILITIES = new Abilities(true, true, false, false);

    private final ProgramCommand command;
    private final Deque<DriverProcess> idle = new ArrayDeque<>();

    /**
     * @param command the program's words
     * @throws IllegalArgumentException if there is a placeholder among them: the program hears of each run later
     */
    public DriverClient(ProgramCommand command) {
        if (command.hasPlaceholders()) {
            throw new IllegalArgumentException(
                    "a program in driver mode takes no placeholders; it is told of each run on its standard input");
        }
        this.command = command;
    }

    @Override
    public String name() {
        return command + " (driver mode)";
    }

    @Override
    public Abilities abilities() {
        return ABILITIES;
    }

    @Override
    public ClientEnd run(String name, CaseLogin login, RunWatch watch, RunLimits limits, Runnable waits)
            throws IOException, InterruptedException {
        DriverProcess driver = take();
        boolean usable = false;
        try {
            ClientEnd end = driver.run(name, login, watch, limits, waits);
            usable = driver.usable();
            return end;
        } finally {
            if (usable) {
                put(driver);
            } else {
                driver.kill();
            }
        }
    }

    private DriverProcess take() throws IOException {
        synchronized (idle) {
            DriverProcess driver = idle.poll();
            if (driver != null && driver.usable()) {
                return driver;
            }
        }
        return DriverProcess.start(command);
    }

    private void put(DriverProcess driver) {
        synchronized (idle) {
            idle.push(driver);
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(DriverProcess::kill);
            idle.clear();
        }
    }
}
