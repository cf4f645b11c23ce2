<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['GET', 'HEAD', 'POST', 'DELETE'],
    'allowed_origins' => ['https://app.example'],
    'allowed_origins_patterns' => ['~\\A(?:https://pr-[0-9]+\\.preview\\.example)\\z~', '~\\A(?:https://(?:red|blue)\\.example)\\z~'],
    'allowed_headers' => [],
    'exposed_headers' => [],
    'max_age' => null,
    'supports_credentials' => true,
];
