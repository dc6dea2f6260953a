package io.millrace.retention;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
final class RetentionService {
    static void main(String[] args) {
        SpringApplication.run(RetentionService.class, args);
    }
}
