<?php

namespace App\EventListener;

use Symfony\Component\EventDispatcher\Attribute\AsEventListener;
use Symfony\Component\HttpKernel\Event\ResponseEvent;
use Symfony\Component\HttpKernel\KernelEvents;

// The bundle names Origin in Vary only where Symfony itself would keep the answer; other caches keep more.
#[AsEventListener(event: KernelEvents::RESPONSE)]
final class VaryOrigin
{
    public function __invoke(ResponseEvent $event): void
    {
        $event->getResponse()->setVary('Origin', false);
    }
}
