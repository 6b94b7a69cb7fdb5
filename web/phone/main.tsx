import { boot } from '../shared/ui/boot.tsx';
import { Phone } from './phone.tsx';
import './phone.css';

boot('m', <Phone />);
