package io.millrace.ingestion.admin;

import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;

/** A look at the admin server's routes, for tests outside this package. */
public final class AdminRoutesOf {
    private AdminRoutesOf() {}

    /** The routes of a running service. */
    public static RouterFunction<?> service(ApplicationContext context) {
        return context.getBean(AdminRoutes.class).all();
    }
}
