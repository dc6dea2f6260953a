package io.millrace.analytics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
final class AnalyticsService {
    static void main(String[] args) {
        SpringApplication.run(AnalyticsService.class, args);
    }
}
