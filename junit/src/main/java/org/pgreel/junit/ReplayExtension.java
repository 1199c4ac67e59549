package org.pgreel.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.pgreel.junit.TestServers.Held;

/** Serves the tests that have {@link Script}, {@link Scenario} or {@link Replay}, and judges each of them when it is over. */
final class ReplayExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                AfterEachCallback,
                AfterAllCallback {

    /** Finds out now, and not in the first test, whether the class's script is one. */
    @Override
    public void beforeAll(ExtensionContext context) {
        TestServers.find(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestServers.begin(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ReplayServer.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Held held = TestServers.find(context);
        if (held == null) {
            throw new ParameterResolutionException(
                    "there is no @Script, @Scenario or @Replay at this method or its class");
        }
        return held.server();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(context, failure);
    }

    private static Throwable explained(ExtensionContext context, Throwable failure) {
        Held held = TestServers.begun(context);
        return held == null ? failure : Judge.explained(context, held.server(), failure);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Held held = TestServers.begun(context);
        if (held != null) {
            try {
                Judge.judge(context, held.server(), held.shared());
            } finally {
                if (!held.shared()) {
                    held.close();
                }
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Held held = TestServers.ofClass(context);
        if (held != null) {
            held.close();
        }
    }
}
